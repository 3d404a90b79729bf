import { strToU8, type Zippable, zipSync } from "fflate";
import { listFileNames, readmeOf } from "#lib/approval/evidence/readme.ts";
import { config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { listEventsAbout } from "#lib/ledger/index.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { loadReview } from "#lib/reviews/index.ts";
import { encodeKeySet } from "#lib/signing/index.ts";
import {
  type DetailRow,
  getVisibleVersion,
  isInside,
  requireViewer,
  toSubject,
  VersionInput,
} from "#lib/versions/index.ts";

/**
 * Everything needed to check a version without this registry, as one zip: manifest, publisher bundles, the trust roots
 * they were verified with, countersignatures, review records, registry keys, its slice of the ledger, and how to check.
 * For people of the namespace, admins and auditors. Proves nothing by itself: the signatures in it do.
 * @throws DomainError `unauthenticated`, `forbidden`; `not-found`, the same for missing and invisible.
 */
export async function evidencePack(ctx: Ctx, raw: VersionInput): Promise<Uint8Array> {
  const actor = requireViewer(ctx);
  const { name, version } = parseInput(VersionInput, raw);
  const row = await getVisibleVersion(actor, name, version);
  if (!isInside(actor, row.server.namespace.name)) {
    throw new DomainError("forbidden", "Evidence is for the people of the namespace, administrators and auditors.");
  }
  const files = { ...signedFiles(row), ...(await unsignedFiles(ctx, row)) };
  const readme = readmeOf({ row, registryId: ctx.registryId, names: listFileNames(row) });
  return pack({ ...files, "README.md": strToU8(readme) }, row.updatedAt);
}

/** Exact bytes as received, verified with and signed. */
function signedFiles(row: DetailRow): Record<string, Uint8Array> {
  const names = listFileNames(row);
  const files: Record<string, Uint8Array> = { [names.manifest]: row.manifest };
  for (const [index, bundle] of row.bundles.entries()) {
    files[names.bundles[index] ?? ""] = bundle.bytes;
    files[names.trustRoots[index] ?? ""] = bundle.trustRootBytes;
  }
  for (const [index, approval] of row.approvals.entries()) {
    files[names.approvals[index] ?? ""] = approval.bundle;
    if (approval.reviewRecord) files[`review-record-${approval.round}.json`] = approval.reviewRecord;
  }
  return files;
}

async function unsignedFiles(ctx: Ctx, row: DetailRow): Promise<Record<string, Uint8Array>> {
  const events = await listEventsAbout(toSubject(row.server.name, row.version));
  const keySet = await readKeySet(config().registryKeyDir, ctx.registryId);
  const files: Record<string, Uint8Array> = {
    "ledger.ndjson": strToU8(events.map((event) => `${JSON.stringify(event)}\n`).join("")),
    "registry-keys.json": encodeKeySet(keySet, ctx.registryId),
  };
  if (row.state === "pending") {
    const policy = await loadPublishPolicy(null, row.server.namespace.name, { lock: false });
    const { bytes } = await loadReview(null, { registryId: ctx.registryId, now: ctx.now() }, row, policy);
    files["review-record-now.json"] = bytes;
  }
  return files;
}

/** The same content gives the same bytes: names sorted, one time for all. */
function pack(files: Record<string, Uint8Array>, at: Date): Uint8Array {
  const sorted: Zippable = {};
  for (const name of Object.keys(files).sort()) sorted[name] = files[name] ?? new Uint8Array();
  return zipSync(sorted, { mtime: at, level: 6 });
}
