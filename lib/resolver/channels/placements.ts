import { RecentChanges } from "#lib/resolver/catalogue/recent-changes.ts";
import type { Log, PlacementRecord } from "#lib/resolver/source.ts";

const none: readonly string[] = [];

/** Moves of one channel: when, by name, in the ledger's time. */
type Moves = { times: Map<string, number>; recent: RecentChanges };

/** Tags of servers, and when servers moved in or out of channels. Holds only what there is. */
export class Placements {
  readonly #tags = new Map<string, readonly string[]>();
  readonly #moves = new Map<string, Moves>();
  readonly #log: Pick<Log, "error">;

  constructor(records: Iterable<PlacementRecord>, log: Pick<Log, "error">) {
    this.#log = log;
    for (const record of records) this.set(record);
  }

  /**
   * Replaces what is known of one server. A move at a time that is none counts as no move, with an alarm: it may hide
   * that the server was shown before, and nothing else.
   */
  set({ name, tags, moves }: PlacementRecord): void {
    if (tags.length > 0) this.#tags.set(name, tags);
    else this.#tags.delete(name);
    for (const { times, recent } of this.#moves.values()) if (times.delete(name)) recent.delete(name);
    for (const { channelId, at } of moves) {
      const time = toTime(at);
      if (time !== null) this.#move(this.#movesOf(channelId), name, time);
      else this.#log.error({ event: "move-refused", server: name, channelId }, "A move row cannot be read");
    }
  }

  tagsOf(name: string): readonly string[] {
    return this.#tags.get(name) ?? none;
  }

  /** When servers moved in or out of a channel, in the ledger's time, by name. Changes with what is set. */
  movesOf(channelId: string): ReadonlyMap<string, number> {
    return this.#movesOf(channelId).times;
  }

  /** Servers that moved after a moment, in milliseconds since the epoch; null when many may have. */
  movedSince(channelId: string, time: number): string[] | null {
    return this.#movesOf(channelId).recent.after(time);
  }

  hasSameTags(other: Placements): boolean {
    const others = other.#tags;
    if (others.size !== this.#tags.size) return false;
    for (const [name, tags] of this.#tags) if (others.get(name)?.join() !== tags.join()) return false;
    return true;
  }

  hasSameMoves(channelId: string, other: Placements): boolean {
    const [moves, others] = [this.movesOf(channelId), other.movesOf(channelId)];
    if (others.size !== moves.size) return false;
    for (const [name, at] of moves) if (others.get(name) !== at) return false;
    return true;
  }

  #move({ times, recent }: Moves, name: string, at: number): void {
    times.set(name, at);
    recent.set(name, at);
  }

  #movesOf(channelId: string): Moves {
    const known = this.#moves.get(channelId);
    if (known) return known;
    const made = { times: new Map<string, number>(), recent: new RecentChanges() };
    this.#moves.set(channelId, made);
    return made;
  }
}

/** The driver gives a number for a time that never comes, and no valid date for one beyond what dates can say. */
function toTime(at: unknown): number | null {
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at.getTime() : null;
}
