import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import type { Shelf } from "#lib/resolver/catalogue/shelf.ts";
import { enteredEntry, leftEntry } from "#lib/resolver/channels/moved-entry.ts";

/** A server that moved, made from what the catalogue has of it. Nothing of it is kept: most are passed over unread. */
abstract class MovedShelf implements Shelf {
  readonly name: string;
  readonly validFrom: number;
  readonly validUntil: number;
  abstract readonly updatedAt: number;
  abstract readonly entries: Entry[];
  abstract readonly recorded: Entry[];
  protected readonly base: Shelf;
  protected readonly at: number;

  constructor(base: Shelf, at: number) {
    this.name = base.name;
    this.validFrom = base.validFrom;
    this.validUntil = base.validUntil;
    this.base = base;
    this.at = at;
  }

  get latest(): Entry | null {
    return this.entries.find((entry) => entry.isLatest) ?? null;
  }
}

/** As the catalogue has it, but no change is older than its entering. */
export class EnteredShelf extends MovedShelf {
  readonly #now: number;

  /** @param at when it entered, in the ledger's time; milliseconds since the epoch, as `now` is. */
  constructor(base: Shelf, at: number, now: number) {
    super(base, at);
    this.#now = now;
  }

  get updatedAt(): number {
    return Math.max(this.base.updatedAt, this.at);
  }

  get entries(): Entry[] {
    return this.base.entries.map((entry) => enteredEntry(entry, this.at, this.#now));
  }

  get recorded(): Entry[] {
    return this.base.recorded.map((entry) => enteredEntry(entry, this.at, this.#now));
  }
}

/** What had been approved when it left, as deleted since then. What was approved later never was here. */
export class LeftShelf extends MovedShelf {
  get updatedAt(): number {
    return this.at;
  }

  get entries(): Entry[] {
    return this.base.entries
      .filter((entry) => entry.facts.publishedAt <= this.at)
      .map((entry) => leftEntry(entry, this.at));
  }

  get recorded(): Entry[] {
    return this.entries;
  }
}
