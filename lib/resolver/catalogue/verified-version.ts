import { digestOf } from "#lib/core/digest.ts";
import { encodeApprovalMeta } from "#lib/resolver/catalogue/approval-meta.ts";
import { joinHead, type SignedHead } from "#lib/resolver/catalogue/signed-head.ts";
import { RowRefused, type SignedStatement, type Trust, verifyStatements } from "#lib/resolver/catalogue/statements.ts";
import type { VersionRecord } from "#lib/resolver/source.ts";

/** One version whose countersignature, digests and name were checked. What is not signed is marked. */
export type VerifiedVersion = SignedHead & {
  name: string;
  version: string;
  /** The `_meta` block of the first countersignature, once a later one took its place; null while it is the one shown. */
  firstApproval: Buffer | null;
  /** Lower-case name, title and description. */
  searchText: string;
  /** Signed: when it was first approved. Milliseconds, as all times here. */
  publishedAt: number;
  /** Signed: when the newest approval ends; null after a revocation. */
  expiresAt: number | null;
  /** Unsigned, from the row, so it can only hide: the ledger says that the newest approval ended. */
  expiryRecorded: boolean;
  /** The signed statement that hides it for ever, with its bytes. */
  revocation: SignedStatement | null;
  /** Hidden although unexpired: revoked, or by the row's word, which can only hide. */
  hidden: { message: string } | null;
  /** Unsigned, from the row. */
  deprecated: boolean;
  /** Unsigned, from the row: the ledger's time of the last change a reader can see. */
  updatedAt: number;
  /** Unsigned, from the row. */
  statusChangedAt: number;
};

const maxMessageChars = 500;

/**
 * Checks one version row against the registry's public keys: manifest digest, countersignatures and their rounds,
 * name and version in manifest and statements. The row's own columns can hide a version, never show one.
 * Not checked here: expiry, which the clock decides at each request; the publisher's signature, whose bundle the
 * approval names by digest.
 * @throws RowRefused saying why the row must not enter the catalogue.
 */
export function verifyVersion(name: string, record: VersionRecord, trust: Trust): VerifiedVersion {
  const manifest = record.manifest && Buffer.from(record.manifest);
  if (!manifest) throw new RowRefused("manifest is larger than any real one");
  const manifestDigest = digestOf(manifest);
  if (record.manifestDigest !== manifestDigest) throw new RowRefused("manifest does not have its digest");
  const texts = readManifest(manifest);
  if (texts.name !== name || texts.version !== record.version) throw new RowRefused("manifest names another version");
  const subject = { name, version: record.version, manifestDigest };
  const { first, newest, revocation } = verifyStatements(record.approvals, subject, record.round, trust);
  const shown = revocation?.statement ?? newest;
  const { expiresAt } = shown.predicate;
  return {
    ...joinHead(manifest, encodeApprovalMeta(shown)),
    name,
    version: record.version,
    firstApproval: shown === first ? null : encodeApprovalMeta(first),
    searchText: [name, texts.title, texts.description].join("\n").toLowerCase(),
    publishedAt: Date.parse(first.predicate.approvedAt),
    expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
    expiryRecorded: record.expiredRound !== null && record.expiredRound >= record.round,
    revocation,
    hidden: revocation ? { message: revocationMessage(record.statusMessage) } : readState(record),
    deprecated: record.deprecated,
    updatedAt: readTime(record.updatedAt),
    statusChangedAt: readTime(record.statusChangedAt),
  };
}

type ManifestTexts = { name: unknown; version: unknown; title: string; description: string };

/** The bytes are spliced into other JSON, so they must be one whole JSON object and nothing beside it. */
function readManifest(bytes: Buffer): ManifestTexts {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new TypeError("no object");
    const { name, version, title, description } = parsed as Record<string, unknown>;
    return { name, version, title: toText(title), description: toText(description) };
  } catch (cause) {
    throw new RowRefused("manifest is not a JSON object", { cause });
  }
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function readState(record: VersionRecord): { message: string } | null {
  if (record.state === "approved") return null;
  if (record.state === "quarantined") return { message: "Quarantined by the registry." };
  // Only a signature revokes for good; an unsigned claim of it still hides.
  if (record.state === "revoked") return { message: "Revoked." };
  throw new RowRefused(`a countersigned version cannot be ${record.state}`);
}

function revocationMessage(reason: string | null): string {
  return (reason ? `Revoked: ${reason}` : "Revoked.").slice(0, maxMessageChars);
}

function readTime(time: Date): number {
  const value = time instanceof Date ? time.getTime() : Number.NaN;
  if (Number.isNaN(value)) throw new RowRefused("a time is not a time");
  return value;
}
