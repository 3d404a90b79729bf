import { isMajorJump } from "#lib/manifest/index.ts";
import type { ManifestView } from "#lib/manifest/view.ts";
import { listHosts, listSecrets } from "#lib/reviews/record/exposure.ts";
import type { ReviewChip, ReviewRecord } from "#lib/reviews/view.ts";

/** What a reviewer should notice first, always in the same order. */
export function listChips(
  record: Pick<ReviewRecord, "live" | "version" | "manifest" | "changes" | "pins" | "claims" | "validation">,
  liveManifest: ManifestView | null,
): ReviewChip[] {
  const { live, manifest, changes, pins, claims, validation } = record;
  const adds = (list: (of: ManifestView) => string[]) =>
    liveManifest !== null && list(manifest).some((item) => !list(liveManifest).includes(item));
  const chips: [ReviewChip, boolean][] = [
    ["first-version", live === null],
    ["new-host", adds(listHosts)],
    ["new-secret", adds(listSecrets)],
    ["signer-changed", changes.some(({ area }) => area === "signer")],
    ["unpinned", pins.some(({ status }) => status === "unpinned")],
    ["major-jump", live !== null && isMajorJump(live.version, record.version)],
    ["claims", claims.length > 0],
    ["warnings", validation.some(({ severity }) => severity === "warning")],
  ];
  return chips.flatMap(([chip, applies]) => (applies ? [chip] : []));
}
