import { compareReleases } from "#lib/manifest/version-order.ts";
import { type Entry, isResolvable, isResolvableByLedger, makeEntry } from "#lib/resolver/catalogue/entry.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";

/** All versions of one server as they stand during one stretch of time. */
export type Shelf = {
  name: string;
  /** Ordered by version as text, as lists are. */
  entries: Entry[];
  latest: Entry | null;
  /**
   * The same entries for those who follow changes: `latest` as the ledger has it, which hears of an expiry a little
   * after the clock hides it. The same list as `entries` at all other times.
   */
  recorded: Entry[];
  /** When the newest change was recorded. */
  updatedAt: number;
  /** The stretch in which no expiry changes anything: from `validFrom` up to, not including, `validUntil`. */
  validFrom: number;
  validUntil: number;
};

/** @param now milliseconds since the epoch. */
export function makeShelf(name: string, versions: readonly VerifiedVersion[], now: number): Shelf {
  const ordered = versions.toSorted((a, b) => compareText(a.version, b.version));
  const latest = highest(versions.filter((facts) => isResolvable(facts, now)));
  const entries = ordered.map((facts) => makeEntry(facts, now, facts === latest));
  return assembleShelf(name, entries, now);
}

/**
 * A shelf of entries that were made elsewhere.
 * @param entries ordered by version as text, made for `now`, the highest that resolves marked as latest.
 */
export function assembleShelf(name: string, entries: Entry[], now: number): Shelf {
  const versions = entries.map((entry) => entry.facts);
  const latest = entries.find((entry) => entry.isLatest) ?? null;
  const recordedLatest = highest(versions.filter(isResolvableByLedger));
  const shownLatest = recordedLatest && isResolvable(recordedLatest, now) ? recordedLatest : undefined;
  const makeRecorded = () => versions.map((facts) => makeEntry(facts, now, facts === shownLatest));
  return {
    name,
    entries,
    latest,
    recorded: shownLatest === latest?.facts ? entries : makeRecorded(),
    updatedAt: Math.max(...versions.map((facts) => facts.updatedAt)),
    ...stableWindow(versions, now),
  };
}

function highest(versions: readonly VerifiedVersion[]): VerifiedVersion | undefined {
  return versions.toSorted((a, b) => compareReleases(b, a))[0];
}

function stableWindow(versions: readonly VerifiedVersion[], now: number): Pick<Shelf, "validFrom" | "validUntil"> {
  let [validFrom, validUntil] = [-Infinity, Infinity];
  for (const { hidden, expiryRecorded, expiresAt } of versions) {
    if (hidden || expiryRecorded || expiresAt === null) continue;
    if (expiresAt <= now) validFrom = Math.max(validFrom, expiresAt);
    else validUntil = Math.min(validUntil, expiresAt);
  }
  return { validFrom, validUntil };
}

/** The same versions at another time; the shelf itself when nothing changes. */
export function shelfAt(shelf: Shelf, now: number): Shelf {
  if (now >= shelf.validFrom && now < shelf.validUntil) return shelf;
  return makeShelf(
    shelf.name,
    shelf.entries.map((entry) => entry.facts),
    now,
  );
}

/** By UTF-16 code units: the same order everywhere, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
