const smallestBytes = 4 * 1024;
const largestBytes = 256 * 1024;
const standardIdleBytes = 1024 * 1024;

/**
 * Memory for answers that are sent once: each piece is used again as soon as it has been sent. Pieces made for one
 * answer each would be a gigabyte per second for the collector to look after.
 */
export class LentMemory {
  /** By size. */
  readonly #idle = new Map<number, Buffer[]>();
  readonly #idleBytes: number;

  /** @param idleBytes of each size that are kept while nobody needs them. */
  constructor(idleBytes = standardIdleBytes) {
    this.#idleBytes = idleBytes;
  }

  /**
   * @returns a piece of at least so many bytes, and less than twice as many, holding whatever was there before; null for
   *   sizes that are not lent, because they are rare or cheap. One that is not given back is simply gone.
   */
  take(bytes: number): Buffer | null {
    if (bytes < smallestBytes || bytes > largestBytes) return null;
    const size = sizeFor(bytes);
    return this.#idle.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size);
  }

  /** @param piece as it was taken. Nobody may read or write it from here on. */
  giveBack(piece: Buffer): void {
    const size = piece.length;
    const idle = this.#idle.get(size);
    if (!idle) this.#idle.set(size, [piece]);
    else if ((idle.length + 1) * size <= this.#idleBytes) idle.push(piece);
  }
}

/** The power of two that is not less. */
function sizeFor(bytes: number): number {
  return 2 ** (32 - Math.clz32(bytes - 1));
}
