import { digestKeys } from "#lib/resolver/catalogue/digest-index.ts";
import { type Entry, ReadyEntry } from "#lib/resolver/catalogue/entry.ts";
import { assembleShelf, makeShelf, type Shelf } from "#lib/resolver/catalogue/shelf.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { joinBytes } from "#lib/resolver/loading/packed-rows.ts";
import type { Slabs } from "#lib/resolver/loading/slabs.ts";
import type { RefusedRow, VerifiedServer } from "#lib/resolver/loading/verify-server.ts";

/** Verified servers on their way back: all answers in one piece, which is handed over, and columns instead of objects. */
export type PackedShelves = {
  /** Milliseconds since the epoch for which the shelves are made. */
  now: number;
  servers: PackedShelf[];
  /** As many for each version as `numbersOf` gives. */
  numbers: Float64Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
};

type PackedShelf = {
  name: string;
  refused: RefusedRow[];
  digestKeys: number[];
  versions: string[];
  statuses: Entry["status"][];
  /** One for all versions when they agree, as they mostly do. */
  searchTexts: string[];
  /** What few versions have, by their place. */
  rare: [place: number, RareFacts][];
};

type RareFacts = Pick<VerifiedVersion, "firstApproval" | "revocation" | "hidden">;

/** A server whose every version was verified, with its answers made. */
export type LoadedServer = VerifiedServer & {
  /** Made of exactly these versions. */
  shelf: Shelf | null;
  /** As `digestKeys` gives them for these versions. */
  digestKeys: Iterable<number>;
};

/**
 * Makes the answers of verified servers and packs them.
 * @param spare memory to use again; nothing in `servers` may be needed of it afterwards.
 */
export function packShelves(servers: readonly VerifiedServer[], now: number, spare?: ArrayBuffer): PackedShelves {
  const made: Entry[] = [];
  const packed = servers.map((server) => {
    const { entries, refused } = makeEntries(server, now);
    for (const entry of entries) made.push(entry);
    return packShelf(server.name, entries, refused);
  });
  const numbers = Float64Array.from(made.flatMap(numbersOf));
  return {
    now,
    servers: packed,
    numbers,
    bytes: joinBytes(
      made.map(({ body }) => body),
      spare,
    ),
  };
}

/** A server nothing can be made of holds up no other. */
function makeEntries({ name, versions, refused }: VerifiedServer, now: number) {
  try {
    return { entries: versions.length === 0 ? [] : makeShelf(name, versions, now).entries, refused };
  } catch (error) {
    const reason = `no answer can be made of it: ${error}`;
    return { entries: [], refused: [...refused, ...versions.map(({ version }) => ({ version, reason }))] };
  }
}

function packShelf(name: string, entries: readonly Entry[], refused: RefusedRow[]): PackedShelf {
  const facts = entries.map((entry) => entry.facts);
  const searchTexts = facts.map(({ searchText }) => searchText);
  return {
    name,
    refused,
    digestKeys: [...digestKeys(facts)],
    versions: facts.map(({ version }) => version),
    statuses: entries.map(({ status }) => status),
    searchTexts: new Set(searchTexts).size === 1 ? searchTexts.slice(0, 1) : searchTexts,
    rare: facts.flatMap(toRare),
  };
}

/** Times are not 0, and none is written as NaN. */
function numbersOf({ facts, body, isLatest }: Entry): number[] {
  return [
    body.length,
    facts.manifestBytes,
    facts.metaBytes,
    facts.publishedAt,
    facts.expiresAt ?? Number.NaN,
    facts.updatedAt,
    facts.statusChangedAt,
    Number(isLatest),
    Number(facts.expiryRecorded),
    Number(facts.deprecated),
  ];
}
const numbersPerVersion = 10;

function toRare({ firstApproval, revocation, hidden }: VerifiedVersion, place: number): [number, RareFacts][] {
  if (!firstApproval && !revocation && !hidden) return [];
  // Views would take the whole piece of memory they look into along.
  const kept = revocation && { ...revocation, bundle: Uint8Array.from(revocation.bundle) };
  return [[place, { firstApproval: firstApproval && Buffer.from(firstApproval), revocation: kept, hidden }]];
}

/** What `packShelves` was given, with its answers. */
export function unpackShelves({ now, servers, numbers, bytes }: PackedShelves, slabs: Slabs): LoadedServer[] {
  const all = slabs.keep(bytes);
  let [place, at] = [0, 0];
  const takeNumbers = () => {
    place += numbersPerVersion;
    return [...numbers.subarray(place - numbersPerVersion, place)] as NumbersOfEntry;
  };
  const takeBody = (length: number) => {
    at += length;
    return all.subarray(at - length, at);
  };
  return servers.map((packed) => {
    const entries = unpackEntries(packed, takeNumbers, takeBody);
    const { name, refused } = packed;
    const shelf = entries.length === 0 ? null : assembleShelf(name, entries, now);
    return { name, refused, versions: entries.map(({ facts }) => facts), shelf, digestKeys: packed.digestKeys };
  });
}

function unpackEntries(
  packed: PackedShelf,
  takeNumbers: () => NumbersOfEntry,
  takeBody: (length: number) => Buffer,
): Entry[] {
  const rare = new Map(packed.rare);
  return packed.versions.map((version, place) => {
    const [bodyBytes, manifestBytes, metaBytes, publishedAt, expiresAt, updatedAt, statusChangedAt, ...flags] =
      takeNumbers();
    const [isLatest, expiryRecorded, deprecated] = flags;
    const few = rare.get(place);
    const facts: VerifiedVersion = {
      answer: takeBody(bodyBytes),
      // As whole numbers they are kept in place instead of beside it.
      manifestBytes: manifestBytes | 0,
      metaBytes: metaBytes | 0,
      name: packed.name,
      version,
      firstApproval: few?.firstApproval ? Buffer.from(few.firstApproval) : null,
      searchText: packed.searchTexts[place] ?? packed.searchTexts[0] ?? "",
      publishedAt,
      expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
      expiryRecorded: expiryRecorded === 1,
      revocation: few?.revocation ?? null,
      hidden: few?.hidden ?? null,
      deprecated: deprecated === 1,
      updatedAt,
      statusChangedAt,
    };
    return new ReadyEntry(facts, packed.statuses[place] ?? "deleted", isLatest === 1);
  });
}

type NumbersOfEntry = [number, number, number, number, number, number, number, number, number, number];
