import type { Channels } from "#lib/resolver/channels/channels.ts";
import type { AccessRecord, LedgerPosition } from "#lib/resolver/source.ts";

type Withdrawal = { access: AccessRecord; seq: bigint };

/**
 * The channels readers are let into. Two go on at a time: channels and readers are taken over as a whole, which takes as
 * long as making views does, and meanwhile what was withdrawn is taken away. Neither undoes the other: which of two
 * readings is the later one is decided by which ended before the other began, else by how far into the ledger they
 * reach.
 */
export class OpenChannels {
  #known: Channels | null = null;
  #shown: Channels | null = null;
  #knownSeq = 0n;
  #takenOver = 0;
  /** Later than what is known. */
  #withdrawal: Withdrawal | null = null;

  /** What was last taken over; null before that. */
  get known(): Channels | null {
    return this.#known;
  }

  /** The same without what was withdrawn since. */
  get shown(): Channels | null {
    return this.#shown;
  }

  /** Whether something may have been withdrawn since. */
  get isNarrowed(): boolean {
    return this.#withdrawal !== null;
  }

  /** To be called before channels are read. @returns what takes over what was made of them. */
  prepare(): (channels: Channels, position: LedgerPosition) => void {
    const before = this.#withdrawal;
    return (channels, { seq }) => {
      const late = this.#withdrawal;
      this.#withdrawal = late && late !== before && late.seq > seq ? late : null;
      this.#known = channels;
      this.#knownSeq = seq;
      this.#takenOver++;
      this.#show();
    };
  }

  /** To be called before readers are read, to withdraw what they have no more. @returns what does that. */
  prepareWithdrawal(): (access: AccessRecord, position: LedgerPosition) => void {
    const before = this.#takenOver;
    return (access, { seq }) => {
      if (before !== this.#takenOver && seq <= this.#knownSeq) return;
      this.#withdrawal = { access, seq };
      this.#show();
    };
  }

  /**
   * To be called when these take the place of others.
   * @param position how far these reach: what was withdrawn later from the others is withdrawn from these.
   */
  inherit(others: OpenChannels, { seq }: Pick<LedgerPosition, "seq">): void {
    const late = others.#withdrawal;
    if (!late || late.seq <= seq) return;
    this.#withdrawal = late;
    this.#show();
  }

  #show(): void {
    this.#shown = this.#known && this.#withdrawal ? this.#known.narrowedTo(this.#withdrawal.access) : this.#known;
  }
}
