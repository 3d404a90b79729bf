const slabBytes = 4 * 1024 * 1024;

/**
 * Keeps many small pieces of memory in few large ones, which the allocator takes from the system by themselves: what
 * threads gave and took leaves no holes between them. A slab lives as long as any piece of it.
 */
export class Slabs {
  #slab = Buffer.alloc(0);
  #used = 0;

  /** @returns a copy of these bytes. */
  keep(bytes: Uint8Array): Buffer {
    if (bytes.length > this.#slab.length - this.#used) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, bytes.length));
      this.#used = 0;
    }
    const kept = this.#slab.subarray(this.#used, this.#used + bytes.length);
    kept.set(bytes);
    this.#used += bytes.length;
    return kept;
  }
}
