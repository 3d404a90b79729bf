import { compareReleases } from "#lib/manifest/index.ts";
import { type Entry, isResolvable, makeEntry } from "#lib/resolver/catalogue/entry.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";

/** All versions of one server as they stand during one stretch of time. */
export type Shelf = {
  name: string;
  /** Ordered by version as text, as lists are. */
  entries: Entry[];
  latest: Entry | null;
  /** The stretch in which no expiry changes anything: from `validFrom` up to, not including, `validUntil`. */
  validFrom: number;
  validUntil: number;
};

/** @param now milliseconds since the epoch. */
export function makeShelf(name: string, versions: readonly VerifiedVersion[], now: number): Shelf {
  const latest = versions.filter((facts) => isResolvable(facts, now)).sort((a, b) => compareReleases(b, a))[0];
  const entries = versions
    .toSorted((a, b) => compareText(a.version, b.version))
    .map((facts) => makeEntry(facts, now, facts === latest));
  const window = stableWindow(versions, now);
  return {
    name,
    entries,
    latest: entries.find((entry) => entry.isLatest) ?? null,
    ...window,
  };
}

function stableWindow(versions: readonly VerifiedVersion[], now: number): Pick<Shelf, "validFrom" | "validUntil"> {
  let [validFrom, validUntil] = [-Infinity, Infinity];
  for (const { hidden, expiresAt } of versions) {
    if (hidden || expiresAt === null) continue;
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
