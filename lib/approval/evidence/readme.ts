import { shellQuote } from "#lib/core/escape.ts";
import { approvalPredicateType } from "#lib/core/identifiers.ts";
import type { DetailRow } from "#lib/versions/index.ts";

export type FileNames = { manifest: string; bundles: string[]; trustRoots: string[]; approvals: string[] };

/** Names in the pack. Lists are in the order of the row's bundles and countersignatures. */
export function listFileNames(row: Pick<DetailRow, "bundles" | "approvals">): FileNames {
  return {
    manifest: "server.json",
    bundles: row.bundles.map((_, index) => `publisher-bundle-${index + 1}.json`),
    trustRoots: row.bundles.map((_, index) => `trusted-root-${index + 1}.json`),
    approvals: row.approvals.map(({ round, state }) => `countersignature-${round}-${state}.json`),
  };
}

/** How to check the pack by hand, with commands that can be pasted. */
export function readmeOf(options: { row: DetailRow; registryId: string; names: FileNames }): string {
  const { row, registryId, names } = options;
  const approval = row.approvals.findIndex(({ state }) => state === "approved");
  return [
    `# Evidence for ${row.server.name}@${row.version}`,
    "",
    `Registry: ${registryId}`,
    `Manifest: ${row.manifestDigest}`,
    "",
    "The manifest, the bundles and the countersignatures are the exact bytes that were received and signed.",
    "Take the registry's public keys from a place you trust; `registry-keys.json` is here for comparison only.",
    "For cosign, save the `spkiPem` of the key that signed as `registry.pub`.",
    "",
    ...(approval < 0 ? ["This version has no countersignature."] : howToVerify(names, approval, registryId)),
    "",
    "`ledger.ndjson` holds the events about this version. The SHA-256 of each `body` is its `sha256`; each",
    "countersignature names the head of the whole ledger at its time as `auditHead`. `review-record-*.json` is what",
    "reviewers were shown: its SHA-256 is the `reviewDigest` of the countersignature of that round.",
    "",
  ].join("\n");
}

function howToVerify(names: FileNames, approval: number, registryId: string): string[] {
  const file = names.approvals[approval] ?? "";
  const ours = ["countersign", "verify", "--manifest", names.manifest, "--bundle", names.bundles[0] ?? ""];
  ours.push("--approval", file, "--trusted-root", names.trustRoots[0] ?? "", "--registry-key", "registry-keys.json");
  const cosign = ["cosign", "verify-blob-attestation", "--key", "registry.pub", "--private-infrastructure"];
  cosign.push("--type", approvalPredicateType(registryId), "--bundle", file, names.manifest);
  return ["## Check it", "", "```sh", shellQuote(ours), shellQuote(cosign), "```"];
}
