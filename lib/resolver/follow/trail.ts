import { continueFrom, touchesReaders } from "#lib/resolver/follow/continuation.ts";
import { ReadsAhead } from "#lib/resolver/follow/reads-ahead.ts";
import type { CatalogueSource, LedgerEvent, LedgerPosition, Log } from "#lib/resolver/source.ts";

/** What following the ledger acts on. Whatever reads says which entry was the last when it did. */
export type Followed = {
  /** Reads one server again. Throws only when the source cannot be read at all. */
  refresh(name: string): Promise<LedgerPosition[]>;
  /** Servers whose last reading failed. */
  unsettled(): Iterable<string>;
  /** Reads channels, who may read them, and where servers are placed again. */
  refreshChannels(): Promise<LedgerPosition[]>;
  /** Reads again who may read which channel. */
  refreshAccess(): Promise<LedgerPosition[]>;
  /** Whether something was taken from those who read ahead of the ledger. */
  hasWithdrawn(): boolean;
};

/**
 * How following ended: with nothing more to follow, before what can only be followed by loading everything anew, or as
 * nobody waits for it any more.
 */
export type Ending = "reached" | "replaced" | "rotated" | "stopped";

export type FollowOptions = {
  /** The state has the newest keys already. */
  passRotations?: boolean;
  /** No further page is read once this is aborted. */
  until?: AbortSignal;
};

export type TrailOptions = {
  source: Pick<CatalogueSource, "readLedger">;
  log: Log;
  /** Told of each entry once what it names has been read. */
  onFollowed?: (event: LedgerEvent) => void;
  /** The ledger's time up to which everything readers can see is in the state, where that is not its position's. */
  settledUntil?: number | null;
};

const pageSize = 500;

/** Keeps one state equal to the database by reading the ledger from the last entry known. One call at a time. */
export class LedgerTrail {
  #position: LedgerPosition;
  #settledUntil: number | null;
  #gapReported = false;
  readonly #ahead = new ReadsAhead();
  readonly #state: Followed;
  readonly #options: TrailOptions;

  /** @param position the entry up to which everything in the state is of one moment. */
  constructor(state: Followed, position: LedgerPosition, options: TrailOptions) {
    this.#state = state;
    this.#options = options;
    this.#position = position;
    this.#settledUntil = Number.isNaN(position.at) ? (options.settledUntil ?? null) : position.at;
    this.#ahead.startAt(position);
  }

  get position(): LedgerPosition {
    return this.#position;
  }

  /**
   * The ledger's time up to which everything readers can see is in the state. Stands still while a server cannot be
   * read.
   */
  get settledUntil(): number | null {
    return this.#settledUntil;
  }

  /**
   * Follows until, after the last server was read, the ledger holds nothing more. May be called again after a failure:
   * the position moves only when what the entries name has been read.
   * @throws what the source throws when it cannot be read.
   */
  async follow({ passRotations = false, until }: FollowOptions = {}): Promise<Ending> {
    await this.#refresh([...this.#state.unsettled()], this.#position);
    for (;;) {
      if (until?.aborted) return "stopped";
      const ending = await this.#followPage(passRotations);
      if (ending) return ending;
    }
  }

  /** @returns null when there may be more. */
  async #followPage(passRotations: boolean): Promise<Ending | null> {
    const entries = await this.#options.source.readLedger(this.#position.seq, pageSize);
    const found = continueFrom(this.#position, entries);
    if (found.kind === "broken") return "replaced";
    if (!this.#ahead.agreesWith(found.events, !found.gap && entries.length < pageSize)) return "replaced";
    this.#reportGap(found.gap);
    if (!passRotations && found.events.some(({ action }) => action.startsWith("registry-key."))) return "rotated";
    const seen = found.events.at(-1) ?? this.#position;
    await this.#refreshChannels(found.events, seen);
    await this.#refresh(new Set(found.events.flatMap((event) => event.serverName ?? [])), seen);
    this.#moveTo(seen);
    for (const event of found.events) this.#options.onFollowed?.(event);
    return found.events.length > 0 ? null : "reached";
  }

  /** A selection belongs with the moves it caused; everything else about channels and readers stands alone. */
  async #refreshChannels(events: readonly LedgerEvent[], seen: LedgerPosition): Promise<void> {
    if (!this.#state.hasWithdrawn() && !events.some(touchesReaders)) return;
    const selects = events.some(({ action }) => action === "channel.create" || action === "channel.update");
    const reached = await (selects ? this.#state.refreshChannels() : this.#state.refreshAccess());
    for (const each of reached) this.#ahead.note(each, seen);
  }

  async #refresh(names: Iterable<string>, seen: LedgerPosition): Promise<void> {
    for (const name of names) for (const each of await this.#state.refresh(name)) this.#ahead.note(each, seen);
  }

  #moveTo({ seq, sha256, at }: LedgerPosition): void {
    this.#position = { seq, sha256, at };
    this.#ahead.moveTo(this.#position);
    if (!Number.isNaN(at) && [...this.#state.unsettled()].length === 0) this.#settledUntil = at;
  }

  #reportGap(gap: boolean): void {
    if (gap && !this.#gapReported) {
      const fields = { event: "ledger-gap", after: String(this.#position.seq) };
      this.#options.log.error(fields, "Entries after a gap are not believed");
    }
    this.#gapReported = gap;
  }
}
