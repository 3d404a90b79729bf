import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { RevocationFile } from "#lib/resolver/follow/revocation-file.ts";
import { type VerifiedApproval, verifyApproval } from "#lib/signing/index.ts";

/** Reading raises no alarms: what cannot be verified is the readers' to report. */
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * The signed revocations that readers of this instance have seen and kept, each once; lines that are none by these keys
 * are left out.
 * @param file `revocations` in the instance folder; none are in it while there is no such file.
 */
export async function readKeptRevocations(file: string, trust: Trust): Promise<VerifiedApproval[]> {
  const found = new Map<string, VerifiedApproval>();
  for (const bundleBytes of await new RevocationFile(file, silent).read()) {
    const verdict = verifyApproval({ bundleBytes, ...trust });
    if (verdict.ok && verdict.approval.predicate.state === "revoked") {
      const { predicate, manifestDigest } = verdict.approval;
      found.set(`${predicate.name} ${predicate.version} ${manifestDigest}`, verdict.approval);
    }
  }
  return [...found.values()];
}
