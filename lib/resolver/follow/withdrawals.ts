import { setTimeout as sleep } from "node:timers/promises";
import { continueFrom, touchesReaders } from "#lib/resolver/follow/continuation.ts";
import type { CatalogueSource, LedgerPosition } from "#lib/resolver/source.ts";

const standardPauseMs = 250;
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
  readonly #pauseMs: number;

  constructor(source: Pick<CatalogueSource, "readLedger">, state: Withdrawable, pauseMs = standardPauseMs) {
    this.#source = source;
    this.#state = state;
    this.#pauseMs = pauseMs;
  }

  /**
   * Looks again and again for as long as `work` goes on.
   * @param from how far the state reaches; null when it is not known.
   * @throws what `work` throws. What cannot be read beside it is read later.
   */
  async during<Result>(from: LedgerPosition | null, work: () => Promise<Result>): Promise<Result> {
    const ended = new AbortController();
    const looking = this.#keepLooking(from, ended.signal);
    try {
      return await work();
    } finally {
      ended.abort();
      await looking;
    }
  }

  async #keepLooking(from: LedgerPosition | null, ended: AbortSignal): Promise<void> {
    for (let reached = from; ; reached = await this.#look(reached).catch(() => reached)) {
      await sleep(this.#pauseMs, undefined, { signal: ended }).catch(() => {});
      if (ended.aborted) return;
    }
  }

  /** @returns how far it came. */
  async #look(from: LedgerPosition | null): Promise<LedgerPosition> {
    if (!from) return this.#state.withdraw();
    const found = continueFrom(from, await this.#source.readLedger(from.seq, pageSize));
    if (found.kind === "broken" || found.events.some(touchesReaders)) return this.#state.withdraw();
    return found.events.at(-1) ?? from;
  }
}
