import { continueFrom, touchesReaders } from "#lib/resolver/follow/continuation.ts";
import { ReadsAhead } from "#lib/resolver/follow/reads-ahead.ts";
import type { CatalogueSource, LedgerEvent, LedgerPosition, Log } from "#lib/resolver/source.ts";

/** What following the ledger acts on. Whatever reads says which entry was the last when it did. */
export type Followed = {
  /** Builds everything anew and returns the position it reaches. */
  reload(): Promise<LedgerPosition>;
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
  /** Whether rows were left out, and the keys they were judged by are no longer the registry's. */
  judgedByOldKeys(): Promise<boolean>;
};

const pageSize = 500;

/** Keeps a state equal to the database by reading the ledger from the last entry known. One call at a time. */
export class LedgerFollower {
  #position: LedgerPosition | null = null;
  #syncedUntil: number | null = null;
  #gapReported = false;
  readonly #ahead = new ReadsAhead();
  readonly #source: Pick<CatalogueSource, "readLedger">;
  readonly #state: Followed;
  readonly #log: Log;

  readonly #onFollowed: (event: LedgerEvent) => void;

  /** @param onFollowed told of each entry once what it names has been read. */
  constructor(
    source: Pick<CatalogueSource, "readLedger">,
    state: Followed,
    log: Log,
    onFollowed: (event: LedgerEvent) => void = () => {},
  ) {
    this.#source = source;
    this.#state = state;
    this.#log = log;
    this.#onFollowed = onFollowed;
  }

  get position(): LedgerPosition | null {
    return this.#position;
  }

  /**
   * The ledger's time up to which everything readers can see is in the state, or null before the first load. Stands
   * still while a server cannot be read.
   */
  get syncedUntil(): number | null {
    return this.#syncedUntil;
  }

  /**
   * Catches up with everything the ledger holds now: ends when, after the last server was read, it holds nothing more.
   * May be called again after a failure: the position moves only when what the entries name has been read.
   * @throws what the source throws when it cannot be read.
   */
  async catchUp(): Promise<void> {
    const known = (await this.#state.judgedByOldKeys()) ? null : this.#position;
    const position = known ?? (await this.#startOver());
    await this.#refresh([...this.#state.unsettled()], position);
    for (let more = true; more && this.#position; ) more = await this.#followPage(this.#position);
  }

  /** Everything known is of one moment. */
  async #startOver(): Promise<LedgerPosition> {
    const position = await this.#state.reload();
    this.#ahead.startAt(position);
    this.#moveTo(position);
    return position;
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

  /** @returns whether there may be more. */
  async #followPage(position: LedgerPosition): Promise<boolean> {
    const entries = await this.#source.readLedger(position.seq, pageSize);
    const found = continueFrom(position, entries);
    if (found.kind === "broken" || !this.#ahead.agreesWith(found.events, !found.gap && entries.length < pageSize)) {
      this.#log.error({ event: "ledger-replaced", seq: String(position.seq) }, "The ledger is another: loading all");
      await this.#startOver();
      return false;
    }
    this.#reportGap(found.gap, position);
    if (found.events.some((event) => event.action.startsWith("registry-key."))) {
      await this.#startOver();
      return true;
    }
    const seen = found.events.at(-1) ?? position;
    await this.#refreshChannels(found.events, seen);
    await this.#refresh(new Set(found.events.flatMap((event) => event.serverName ?? [])), seen);
    this.#moveTo(seen);
    found.events.forEach(this.#onFollowed);
    return found.events.length > 0;
  }

  #moveTo({ seq, sha256, at }: LedgerPosition): void {
    this.#position = { seq, sha256, at };
    this.#ahead.moveTo(this.#position);
    if (!Number.isNaN(at) && [...this.#state.unsettled()].length === 0) this.#syncedUntil = at;
  }

  #reportGap(gap: boolean, position: LedgerPosition): void {
    if (gap && !this.#gapReported) {
      this.#log.error({ event: "ledger-gap", after: String(position.seq) }, "Entries after a gap are not believed");
    }
    this.#gapReported = gap;
  }
}
