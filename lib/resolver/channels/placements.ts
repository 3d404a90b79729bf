import type { PlacementRecord } from "#lib/resolver/source.ts";

const none: readonly string[] = [];

/** Tags of servers, and when servers moved in or out of channels. Holds only what there is. */
export class Placements {
  readonly #tags = new Map<string, readonly string[]>();
  readonly #moves = new Map<string, Map<string, number>>();

  constructor(records: Iterable<PlacementRecord> = []) {
    for (const record of records) this.set(record);
  }

  /** Replaces what is known of one server. */
  set({ name, tags, moves }: PlacementRecord): void {
    if (tags.length > 0) this.#tags.set(name, tags);
    else this.#tags.delete(name);
    for (const byName of this.#moves.values()) byName.delete(name);
    for (const { channelId, at } of moves) this.#movesOf(channelId).set(name, at.getTime());
  }

  tagsOf(name: string): readonly string[] {
    return this.#tags.get(name) ?? none;
  }

  /** When servers moved in or out of a channel, in the ledger's time, by name. Changes with what is set. */
  movesOf(channelId: string): ReadonlyMap<string, number> {
    return this.#movesOf(channelId);
  }

  #movesOf(channelId: string): Map<string, number> {
    const known = this.#moves.get(channelId);
    if (known) return known;
    const made = new Map<string, number>();
    this.#moves.set(channelId, made);
    return made;
  }
}
