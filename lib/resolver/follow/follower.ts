import type { CatalogueSource, LedgerEvent, LedgerPosition, Log } from "#lib/resolver/source.ts";

/** What the ledger says must happen to a state that reaches up to some position. */
export type Continuation =
  /** The last entry known is gone or another: the database is not the one the state came from. */
  { kind: "broken" } | { kind: "next"; events: LedgerEvent[]; gap: boolean };

/**
 * Compares a position with the entries from it on. Numbers have no gaps, so nothing after a gap is believed: it would
 * hide the entries that still come.
 * @param entries as `readLedger(position.seq)` gives them.
 */
export function continueFrom(position: LedgerPosition, entries: readonly LedgerEvent[]): Continuation {
  const [last, ...rest] = position.seq === 0n ? [position, ...entries] : entries;
  if (last?.seq !== position.seq || last.sha256 !== position.sha256) return { kind: "broken" };
  const events: LedgerEvent[] = [];
  for (const entry of rest as LedgerEvent[]) {
    if (entry.seq !== position.seq + BigInt(events.length) + 1n) return { kind: "next", events, gap: true };
    events.push(entry);
  }
  return { kind: "next", events, gap: false };
}

/** What following the ledger acts on. */
export type Followed = {
  /** Builds everything anew and returns the position it reaches. */
  reload(): Promise<LedgerPosition>;
  /** Reads one server again. Throws only when the source cannot be read at all. */
  refresh(name: string): Promise<void>;
  /** Servers whose last reading failed. */
  unsettled(): Iterable<string>;
  /** Reads channels, who may read them, and where servers are placed again. */
  refreshChannels(): Promise<void>;
  /** Reads again who may read which channel. */
  refreshAccess(): Promise<void>;
};

const pageSize = 500;

/** Keeps a state equal to the database by reading the ledger from the last entry known. One call at a time. */
export class LedgerFollower {
  #position: LedgerPosition | null = null;
  #syncedUntil: number | null = null;
  #gapReported = false;
  /**
   * Servers read since the ledger was last seen to end where this state does. Their rows may have been ahead of the
   * position, and a database restored to exactly that position takes back what no entry tells.
   */
  readonly #unconfirmed = new Set<string>();
  /** The same of channels and those who read them. */
  #channelsUnconfirmed = false;
  /** Whether a server could not be read since then: between that and another read the database may have been replaced. */
  #lostRead = false;
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
    if (!this.#position) await this.#startOver();
    await this.#refresh([...this.#state.unsettled()]);
    const failing = new Set(this.#state.unsettled());
    this.#lostRead = false;
    if (this.#channelsUnconfirmed) await this.#state.refreshChannels();
    await this.#refresh([...this.#unconfirmed].filter((name) => !failing.has(name)));
    for (let more = true; more && this.#position; ) more = await this.#followPage(this.#position);
    if (!this.#lostRead) this.#confirm();
  }

  /** Everything known is of one moment. */
  async #startOver(): Promise<void> {
    this.#moveTo(await this.#state.reload());
    this.#confirm();
  }

  #confirm(): void {
    this.#unconfirmed.clear();
    this.#channelsUnconfirmed = false;
    this.#lostRead = false;
  }

  /** A selection belongs with the moves it caused; everything else about channels and readers stands alone. */
  async #refreshChannels(actions: readonly string[]): Promise<void> {
    const touching = actions.filter((action) => /^(channel|token|person)\./.test(action));
    if (touching.length === 0) return;
    this.#channelsUnconfirmed = true;
    const selects = touching.some((action) => action === "channel.create" || action === "channel.update");
    await (selects ? this.#state.refreshChannels() : this.#state.refreshAccess());
  }

  async #refresh(names: Iterable<string>): Promise<void> {
    for (const name of names) {
      this.#unconfirmed.add(name);
      await this.#state.refresh(name);
      this.#lostRead ||= [...this.#state.unsettled()].includes(name);
    }
  }

  /** @returns whether there may be more. */
  async #followPage(position: LedgerPosition): Promise<boolean> {
    const entries = await this.#source.readLedger(position.seq, pageSize);
    const found = continueFrom(position, entries);
    if (found.kind === "broken") {
      this.#log.error({ event: "ledger-replaced", seq: String(position.seq) }, "The ledger is another: loading all");
      await this.#startOver();
      return false;
    }
    this.#reportGap(found.gap, position);
    if (found.events.some((event) => event.action.startsWith("registry-key."))) {
      await this.#startOver();
      return true;
    }
    await this.#refreshChannels(found.events.map((event) => event.action));
    await this.#refresh(new Set(found.events.flatMap((event) => event.serverName ?? [])));
    this.#moveTo(found.events.at(-1) ?? position);
    found.events.forEach(this.#onFollowed);
    return found.events.length > 0;
  }

  #moveTo({ seq, sha256, at }: LedgerPosition): void {
    this.#position = { seq, sha256, at };
    if ([...this.#state.unsettled()].length === 0) this.#syncedUntil = at;
  }

  #reportGap(gap: boolean, position: LedgerPosition): void {
    if (gap && !this.#gapReported) {
      this.#log.error({ event: "ledger-gap", after: String(position.seq) }, "Entries after a gap are not believed");
    }
    this.#gapReported = gap;
  }
}
