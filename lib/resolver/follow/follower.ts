import { type LookWhile, lookEvery } from "#lib/resolver/follow/look-while.ts";
import { findResumption } from "#lib/resolver/follow/resumption.ts";
import { type Followed, LedgerTrail } from "#lib/resolver/follow/trail.ts";
import type { CatalogueSource, LedgerEvent, LedgerPosition, Log } from "#lib/resolver/source.ts";

/** A state that is complete as of one moment and shown to nobody yet. */
export type Loaded<State extends Followed> = { state: State; position: LedgerPosition };

/** What is followed, as a whole. */
export type Replaceable<State extends Followed> = {
  /** What is read for what is shown is judged by the newest keys from now on. */
  refreshKeys(): Promise<unknown>;
  /** Builds everything anew by the newest keys, beside what is shown. */
  load(): Promise<Loaded<State>>;
  /** Readers see this one from now on, and no longer the one before. */
  show(next: Loaded<State>): void;
  /** Acts on what is shown, and only takes away what it no longer should show. */
  takingOnly(): Followed;
  /** Whether rows were left out, and the keys they were judged by are no longer the registry's. */
  judgedByOldKeys(): Promise<boolean>;
};

type Source = Pick<CatalogueSource, "readLedger">;

export type FollowerOptions = {
  /** Told of each entry once what it names has been read, and is shown. */
  onFollowed?: (event: LedgerEvent) => void;
  /** How what is shown is looked after while another is made. */
  lookWhile?: LookWhile;
};

/** What was loaded, as far as it was followed since, and the entries on that way. */
type Prepared<State extends Followed> = { loaded: Loaded<State>; trail: LedgerTrail; untold: LedgerEvent[] };

/**
 * Keeps what readers see equal to the database. While everything is loaded anew, what they see goes on being followed,
 * and what comes in its place has come as far when they see it. One call at a time.
 */
export class LedgerFollower<State extends Followed> {
  #shown: LedgerTrail | null = null;
  /** What is shown has no way forward any more but to be replaced. */
  #replacing = false;
  /** Follows what is shown in another ledger than the one it came from. */
  #taking: LedgerTrail | null = null;
  readonly #source: Source;
  readonly #whole: Replaceable<State>;
  readonly #log: Log;
  readonly #onFollowed: (event: LedgerEvent) => void;
  readonly #lookWhile: LookWhile;

  constructor(source: Source, whole: Replaceable<State>, log: Log, options: FollowerOptions = {}) {
    this.#source = source;
    this.#whole = whole;
    this.#log = log;
    this.#onFollowed = options.onFollowed ?? (() => {});
    this.#lookWhile = options.lookWhile ?? lookEvery();
  }

  /** How far what is shown reaches, in the ledger it came from; null before the first load. */
  get position(): LedgerPosition | null {
    return this.#shown?.position ?? null;
  }

  /** The ledger's time up to which everything readers can see is shown; null before the first load. */
  get syncedUntil(): number | null {
    return this.#shown?.settledUntil ?? null;
  }

  /**
   * Catches up with everything the ledger holds now, by loading everything anew where that is the only way. May be
   * called again after a failure.
   * @throws what the source throws when it cannot be read.
   */
  async catchUp(): Promise<void> {
    if (this.#shown && !this.#replacing && !(await this.#whole.judgedByOldKeys())) {
      if (await this.#followToEnd(this.#shown)) return;
    }
    this.#replacing = true;
    for (;;) {
      const next = await this.#prepareBesideShown();
      // Nothing is followed beside it any more: it comes to whatever readers know of already.
      if (await this.#followToEnd(next.trail)) return this.#show(next);
    }
  }

  async #prepareBesideShown(): Promise<Prepared<State>> {
    const shown = this.#shown;
    if (!shown) return this.#prepare();
    await this.#whole.refreshKeys();
    return this.#lookWhile(
      () => this.#prepare(),
      (ended) => this.#followBeside(shown, ended),
    );
  }

  /** @returns everything as of one moment, followed from there to the end. */
  async #prepare(): Promise<Prepared<State>> {
    for (;;) {
      const loaded = await this.#whole.load();
      const untold: LedgerEvent[] = [];
      const trail: LedgerTrail = this.#makeTrail(loaded.state, loaded.position, (event) => {
        if (this.#shown === trail) this.#onFollowed(event);
        else untold.push(event);
      });
      if (await this.#followToEnd(trail)) return { loaded, trail, untold };
    }
  }

  /** In another ledger than the one it came from, what is shown loses what it must and gains nothing. */
  async #followBeside(shown: LedgerTrail, until: AbortSignal): Promise<void> {
    const options = { passRotations: true, until };
    const ending = await (this.#taking ?? shown).follow(options);
    if (ending !== "replaced") return;
    const resumed = await findResumption(this.#source, shown.position);
    this.#taking = this.#makeTrail(this.#whole.takingOnly(), resumed, () => {});
    await this.#taking.follow(options);
  }

  /** @returns whether it got there: otherwise everything must be loaded anew. */
  async #followToEnd(trail: LedgerTrail): Promise<boolean> {
    const ending = await trail.follow();
    if (ending === "replaced") {
      const fields = { event: "ledger-replaced", seq: String(trail.position.seq) };
      this.#log.error(fields, "The ledger is another: loading all");
    }
    return ending === "reached";
  }

  #makeTrail(state: Followed, position: LedgerPosition, onFollowed: (event: LedgerEvent) => void): LedgerTrail {
    const options = { source: this.#source, log: this.#log, onFollowed, settledUntil: this.syncedUntil };
    return new LedgerTrail(state, position, options);
  }

  #show({ loaded, trail, untold }: Prepared<State>): void {
    this.#whole.show({ state: loaded.state, position: trail.position });
    const told = this.#taking ? 0n : (this.position?.seq ?? 0n);
    this.#shown = trail;
    this.#replacing = false;
    this.#taking = null;
    for (const event of untold.splice(0)) if (event.seq > told) this.#onFollowed(event);
  }
}
