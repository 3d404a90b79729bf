import { type Entry, makeEntry } from "#lib/resolver/catalogue/entry.ts";
import { joinHead, manifestOf } from "#lib/resolver/catalogue/signed-head.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";

const leftMessage = "No longer in this channel.";

/** A version as one channel shows it, unlike the catalogue. Its answer is made when it is asked for. */
class MovedEntry implements Entry {
  readonly facts: VerifiedVersion;
  readonly status: Entry["status"];
  readonly isLatest: boolean;
  readonly #now: number;
  #made: Entry | null = null;

  constructor(facts: VerifiedVersion, shown: Pick<Entry, "status" | "isLatest">, now: number) {
    this.facts = facts;
    this.status = shown.status;
    this.isLatest = shown.isLatest;
    this.#now = now;
  }

  get body(): Buffer {
    return this.#make().body;
  }

  get etag(): string {
    return this.#make().etag;
  }

  #make(): Entry {
    this.#made ??= makeEntry(this.facts, this.#now, this.isLatest);
    return this.#made;
  }
}

/**
 * Of a server that entered the channel: as the catalogue has it, but no change is older than the entering.
 * @param at when it entered, in the ledger's time; milliseconds since the epoch, as `now` is.
 */
export function enteredEntry(entry: Entry, at: number, now: number): Entry {
  if (entry.facts.updatedAt >= at) return entry;
  return new MovedEntry({ ...entry.facts, updatedAt: at }, entry, now);
}

/**
 * Of a server that left the channel: deleted since then, and nothing that happens to it afterwards changes a byte. Which
 * countersignature it names must not either: it is the first.
 * @param at when it left, in the ledger's time; milliseconds since the epoch.
 */
export function leftEntry({ facts }: Entry, at: number): Entry {
  const head = facts.firstApproval ? joinHead(manifestOf(facts), facts.firstApproval) : {};
  const gone = { hidden: { message: leftMessage }, updatedAt: at, statusChangedAt: at };
  return new MovedEntry({ ...facts, ...head, ...gone }, { status: "deleted", isLatest: false }, at);
}
