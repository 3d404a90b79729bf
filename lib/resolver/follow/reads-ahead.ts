import type { LedgerPosition } from "#lib/resolver/source.ts";

/**
 * Rows are read as of now, so they may be ahead of the entries that are followed. Each reading says which entry was the
 * last when it was made, and only a ledger that has every one of these is the one the state came from: a database that
 * was replaced between two readings, however exactly, is found out.
 */
export class ReadsAhead {
  /** Hashes of entries the state has not come to, by their number. */
  readonly #awaited = new Map<bigint, string>();
  #followed = 0n;
  #contradicted = false;

  /**
   * @param reached the last entry there was when something was read.
   * @param seen an entry that had been seen before.
   */
  note({ seq, sha256 }: LedgerPosition, seen: LedgerPosition): void {
    const isOther = seq === seen.seq && sha256 !== seen.sha256;
    if (seq < seen.seq || isOther || !this.#mayBe(seq, sha256)) this.#contradicted = true;
    else if (seq > this.#followed) this.#awaited.set(seq, sha256);
  }

  /**
   * @param next entries that follow where the state is.
   * @param ended whether there are no others.
   * @returns whether everything that was read can have come from this ledger.
   */
  agreesWith(next: readonly LedgerPosition[], ended: boolean): boolean {
    const last = next.at(-1)?.seq ?? this.#followed;
    const isShort = ended && [...this.#awaited.keys()].some((seq) => seq > last);
    return !this.#contradicted && !isShort && next.every(({ seq, sha256 }) => this.#mayBe(seq, sha256));
  }

  /** The state has come to this entry. */
  moveTo({ seq }: LedgerPosition): void {
    this.#followed = seq;
    for (const awaited of this.#awaited.keys()) if (awaited <= seq) this.#awaited.delete(awaited);
  }

  /** Everything was read anew, up to this entry. */
  startAt(position: LedgerPosition): void {
    this.#contradicted = false;
    this.#awaited.clear();
    this.moveTo(position);
  }

  #mayBe(seq: bigint, sha256: string): boolean {
    return (this.#awaited.get(seq) ?? sha256) === sha256;
  }
}
