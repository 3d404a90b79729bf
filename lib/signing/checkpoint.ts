import { isCanonicalBase64 } from "#lib/signing/base64.ts";
import { refuse } from "#lib/signing/refusal.ts";

const maxSignatures = 16;
const signerName = /^[A-Za-z0-9][A-Za-z0-9.:/_+-]{0,254}$/;
const treeSize = /^(0|[1-9][0-9]{0,14})$/;

/**
 * A log's signed note (https://github.com/transparency-dev/formats/blob/main/log/README.md): origin, size and root,
 * an empty line, then signature lines with plain names. Releases of the library before 4.1.2 ran such a name as a
 * regular expression, so one bundle could hold a verifier for minutes; it never gets a name like that from here.
 * Size and root must be the proof's own, which the library does not compare. Signatures are not checked here.
 * @throws Refusal
 */
export function assertCheckpoint(proof: {
  treeSize: string;
  rootHash: string;
  checkpoint: { envelope: string };
}): void {
  const { envelope } = proof.checkpoint;
  const end = envelope.indexOf("\n\n");
  const [origin, size, root] = envelope.slice(0, Math.max(end, 0)).split("\n");
  const plain = origin !== undefined && /^[\x20-\x7e]{1,255}$/.test(origin);
  if (!plain || !treeSize.test(size ?? "") || root === undefined || !isCanonicalBase64(root)) malformed("header");
  if (size !== proof.treeSize || root !== proof.rootHash) {
    refuse("bundle-checkpoint", "bundle", "a checkpoint is of another tree than its inclusion proof");
  }
  const lines = envelope.slice(end + 2).split("\n");
  if (lines.pop() !== "" || lines.length === 0 || lines.length > maxSignatures) malformed("signature lines");
  for (const line of lines) if (!isSignatureLine(line)) malformed("signature line");
}

function isSignatureLine(line: string): boolean {
  const [dash, name, signature, ...rest] = line.split(" ");
  if (dash !== "\u2014" || rest.length > 0 || !signerName.test(name ?? "")) return false;
  return signature !== undefined && signature.length > 8 && isCanonicalBase64(signature);
}

function malformed(part: string): never {
  refuse("bundle-checkpoint", "bundle", `a checkpoint has a malformed ${part}`);
}
