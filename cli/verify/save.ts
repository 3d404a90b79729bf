import path from "node:path";
import { encodeKeySet } from "#lib/signing/index.ts";
import { writeNewFile } from "../files/write-file.ts";
import { safe, safeCommand } from "../terminal/safe-text.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Evidence } from "./evidence.ts";

/**
 * Writes the evidence into a folder, for a later check without the registry, by this command or by cosign.
 * @param signedBy id of the registry key that signed the approval, null when none did: its public key is written too.
 */
export async function saveEvidence(
  terminal: Terminal,
  { evidence, signedBy, dir }: { evidence: Evidence; signedBy: string | null; dir: string },
): Promise<void> {
  const { registryId, keySet } = evidence;
  const signer = keySet.keys.find(({ keyId }) => keyId === signedBy);
  const files: [string, Uint8Array | string][] = [
    ["server.json", evidence.manifestBytes],
    ["bundle.json", evidence.bundleBytes],
    ["approval.json", evidence.approvalBytes],
    ["trusted-root.json", evidence.trustRootBytes],
    ["key-set.json", encodeKeySet(keySet, registryId)],
  ];
  if (signer) files.push(["registry.pub", signer.spkiPem]);
  for (const [name, bytes] of files) await writeNewFile(path.join(dir, name), bytes);
  const at = (name: string) => path.join(dir, name);
  const argv = ["countersign", "verify", "--manifest", at("server.json"), "--bundle", at("bundle.json")];
  argv.push("--approval", at("approval.json"), "--trusted-root", at("trusted-root.json"));
  const command = safeCommand([...argv, "--registry-key", at("key-set.json")]);
  terminal.note(safe`Saved in ${dir}. The same check without the registry:`);
  if (command) terminal.note(command);
}
