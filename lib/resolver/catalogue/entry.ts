import { hash } from "node:crypto";
import { OFFICIAL_META_KEY } from "#lib/core/identifiers.ts";
import { headBytesOf } from "#lib/resolver/catalogue/signed-head.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { OfficialMeta } from "#lib/resolver/view.ts";

/** One version as readers see it at present, with its answer ready to send. */
export type Entry = {
  /** Its signed head is the start of `body`, so that each byte is kept once. */
  facts: VerifiedVersion;
  status: OfficialMeta["status"];
  isLatest: boolean;
  /** `{"server": <the exact signed bytes>, "_meta": …}` */
  body: Buffer;
  /** Strong: a digest of `body`. */
  readonly etag: string;
};

/** Most are never asked for before they change: the tag is made for who asks first. */
export class ReadyEntry implements Entry {
  readonly facts: VerifiedVersion;
  readonly status: Entry["status"];
  readonly isLatest: boolean;
  #etag: string | null = null;

  /** @param facts whose `answer` is the whole answer. */
  constructor(facts: VerifiedVersion, status: Entry["status"], isLatest: boolean) {
    this.facts = facts;
    this.status = status;
    this.isLatest = isLatest;
  }

  get body(): Buffer {
    return this.facts.answer;
  }

  get etag(): string {
    this.#etag ??= `"${hash("sha256", this.body, "base64url")}"`;
    return this.#etag;
  }
}

const beforeOfficial = Buffer.from(`,${JSON.stringify(OFFICIAL_META_KEY)}:`);
const end = Buffer.from("}}");

/** @param now milliseconds since the epoch; decides whether the approval has expired. */
export function makeEntry(facts: VerifiedVersion, now: number, isLatest: boolean): Entry {
  const official = toOfficialMeta(facts, now, isLatest);
  const body = joinApart([headBytesOf(facts), beforeOfficial, Buffer.from(JSON.stringify(official)), end]);
  return new ReadyEntry({ ...facts, answer: body }, official.status, isLatest);
}

/** Joins into memory of its own: a place in Node's shared pool would keep the pool's other, short-lived, parts alive. */
function joinApart(parts: readonly Buffer[]): Buffer {
  const joined = Buffer.allocUnsafeSlow(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) at += part.copy(joined, at);
  return joined;
}

/** Neither hidden nor expired: the only kind of version that resolves. */
export function isResolvable(facts: VerifiedVersion, now: number): boolean {
  return isResolvableByLedger(facts) && facts.expiresAt !== null && facts.expiresAt > now;
}

/** The same as far as the ledger has recorded it: an approval ends with its own ledger entry, not by the clock. */
export function isResolvableByLedger(facts: VerifiedVersion): boolean {
  return facts.hidden === null && !facts.expiryRecorded && facts.expiresAt !== null;
}

function toOfficialMeta(facts: VerifiedVersion, now: number, isLatest: boolean): OfficialMeta {
  const publishedAt = toTime(facts.publishedAt);
  const unchanged = { publishedAt, updatedAt: toTime(facts.updatedAt), isLatest };
  const statusChangedAt = toTime(facts.statusChangedAt);
  if (facts.hidden) return { status: "deleted", statusChangedAt, statusMessage: facts.hidden.message, ...unchanged };
  if (facts.expiresAt === null) return { status: "deleted", statusChangedAt, statusMessage: "Revoked.", ...unchanged };
  if (!isResolvable(facts, now)) return { ...unchanged, ...expiredMeta(facts, facts.expiresAt) };
  return { status: facts.deprecated ? "deprecated" : "active", statusChangedAt, ...unchanged };
}

/** `updatedAt` waits for the ledger: whoever continues from it must miss nothing that the ledger still records before. */
function expiredMeta({ expiryRecorded, statusChangedAt }: VerifiedVersion, expiresAt: number) {
  return {
    status: "deleted" as const,
    statusChangedAt: toTime(expiryRecorded ? statusChangedAt : expiresAt),
    statusMessage: `The approval expired at ${toTime(expiresAt)}.`,
  };
}

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
