import * as steps from "#lib/signing/offline-steps.ts";
import { type OfflineInput, type OfflineStep, type OfflineVerdict, toMismatch } from "#lib/signing/offline-verdict.ts";

/**
 * The whole proof again from files, with nothing but the registry's public keys: the approval's signature, that it is
 * of this manifest, bundle and trust material, the publisher's signature over the manifest, that it is by the identity
 * the approval names, and expiry. Pure, never throws for bad input. Does not judge publisher rules (the approval says
 * which one matched) and cannot see revocation.
 */
export function verifyOffline(input: OfflineInput): OfflineVerdict {
  const made: OfflineStep[] = [];
  const verdict: OfflineVerdict = { ok: false, steps: made, revocation: "not-checked" };
  const step = <T>(id: string, label: string, check: () => { value: T; detail: string }): T => {
    try {
      const { value, detail } = check();
      made.push({ id, label, ok: true, detail });
      return value;
    } catch (error) {
      const mismatch = toMismatch(error);
      made.push({ id, label, ok: false, detail: mismatch.message });
      throw mismatch;
    }
  };
  try {
    const approval = step("approval", "Countersigned by the registry", () => steps.readApproval(input));
    verdict.approval = approval;
    step("manifest", "The approval is of this manifest", () => steps.compareManifest(input, approval));
    step("state", "Approved, not revoked by this statement", () => steps.compareState(approval));
    const named = step("bundle", "The approval names this publisher bundle", () => steps.findBundle(input, approval));
    step("trust-root", "The approval names this trust material", () => steps.compareTrustRoot(input, named));
    const proven = step("signature", "Signed by the publisher", () => steps.proveAgain(input, named));
    step("identity", "By the identity the approval names", () => steps.compareIdentity(proven, named));
    verdict.identity = proven.identity;
    step("statement", "The publisher meant this registry, name and version", () =>
      steps.compareStatement(proven, approval),
    );
    step("expiry", "The approval is in force", () => steps.compareExpiry(input.at, approval));
    return { ...verdict, ok: true };
  } catch (error) {
    return { ...verdict, code: toMismatch(error).code };
  }
}
