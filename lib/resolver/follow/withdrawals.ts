import { continueFrom, touchesReaders } from "#lib/resolver/follow/continuation.ts";
import { type LookWhile, lookEvery } from "#lib/resolver/follow/look-while.ts";
import type { CatalogueSource, LedgerPosition } from "#lib/resolver/source.ts";

const pageSize = 500;

/** What a withdrawal acts on. */
export type Withdrawable = {
  /** Takes away what those who read no longer have, and says which entry was the last. */
  withdraw(): Promise<LedgerPosition>;
};

/**
 * Following the ledger can take long: everything is loaded anew, or very many servers changed. While it does, the ledger
 * is read beside it for channels, secrets and tokens that were taken away, which must not wait for it.
 */
export class Withdrawals {
  readonly #source: Pick<CatalogueSource, "readLedger">;
  readonly #state: Withdrawable;
  readonly #lookWhile: LookWhile;

  constructor(source: Pick<CatalogueSource, "readLedger">, state: Withdrawable, lookWhile = lookEvery()) {
    this.#source = source;
    this.#state = state;
    this.#lookWhile = lookWhile;
  }

  /**
   * Looks again and again for as long as `work` goes on.
   * @param from how far the state reaches; null when there is none, and so nothing to be taken from anybody.
   * @throws what `work` throws. What cannot be read beside it is read later.
   */
  during<Result>(from: LedgerPosition | null, work: () => Promise<Result>): Promise<Result> {
    if (!from) return work();
    let reached = from;
    return this.#lookWhile(work, async () => {
      reached = await this.#look(reached);
    });
  }

  /** @returns how far it came. */
  async #look(from: LedgerPosition): Promise<LedgerPosition> {
    const found = continueFrom(from, await this.#source.readLedger(from.seq, pageSize));
    if (found.kind === "broken" || found.events.some(touchesReaders)) return this.#state.withdraw();
    return found.events.at(-1) ?? from;
  }
}
