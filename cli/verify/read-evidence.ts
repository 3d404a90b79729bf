import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readInputFile } from "../files/read-file.ts";
import { safe } from "../terminal/safe-text.ts";
import { readRegistryKeyFile } from "../trust/registry-key-file.ts";
import { type Evidence, maxEvidenceBytes } from "./evidence.ts";

export type EvidenceFiles = {
  manifest: string;
  bundle: string;
  approval: string;
  trustedRoot: string;
  registryKey: string;
  /** Needed only when the registry key is a bare public key. */
  registry: string | undefined;
};

/** Reads everything from files: no network, no pins, nothing but what is named. */
export async function readEvidence(files: EvidenceFiles): Promise<Evidence> {
  const given = await readRegistryKeyFile(files.registryKey);
  const registryId = given.registryId ?? files.registry;
  if (!registryId) {
    const text = safe`A bare public key does not say whose it is: name the registry with --registry.`;
    throw new Failure(EXIT.usage, "no-registry", text);
  }
  if (files.registry !== undefined && files.registry !== registryId) {
    const text = safe`The keys are of the registry ${registryId}, not of ${files.registry}.`;
    throw new Failure(EXIT.registryNotTrusted, "registry-mismatch", text);
  }
  return {
    registryId,
    manifestBytes: await readInputFile(files.manifest, maxEvidenceBytes.manifest),
    bundleBytes: await readInputFile(files.bundle, maxEvidenceBytes.bundle),
    approvalBytes: await readInputFile(files.approval, maxEvidenceBytes.approval),
    trustRootBytes: await readInputFile(files.trustedRoot, maxEvidenceBytes.trustRoot),
    keySet: given.keySet,
    trustedBy: "given-key",
    status: null,
  };
}
