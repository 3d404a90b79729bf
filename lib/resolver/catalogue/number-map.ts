const firstCapacity = 1024;
/** Fuller than this, looking takes longer. */
const maxLoad = 0.7;
const free = -1;
const removed = -2;

/**
 * A map between whole numbers in 8 bytes an entry and as many in reserve, where a `Map` takes some 50: for indexes with
 * hundreds of thousands of keys. Open addressing with linear probing.
 */
export class NumberMap {
  #keys = new Int32Array(firstCapacity);
  #values = new Int32Array(firstCapacity).fill(free);
  /** Places that are not free, those of removed entries too. */
  #used = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param key 32 bits. @returns undefined when there is none. */
  get(key: number): number | undefined {
    const value = this.#values[this.#find(key)] ?? free;
    return value >= 0 ? value : undefined;
  }

  /** @param key 32 bits. @param value 0 to 2³¹ - 1. */
  set(key: number, value: number): void {
    const found = this.#find(key);
    if ((this.#values[found] ?? free) < 0) {
      this.#size++;
      this.#used++;
    }
    this.#keys[found] = key;
    this.#values[found] = value;
    if (this.#used > this.#keys.length * maxLoad) this.#rebuild();
  }

  delete(key: number): void {
    const found = this.#find(key);
    if ((this.#values[found] ?? free) < 0) return;
    this.#values[found] = removed;
    this.#size--;
  }

  /** Where the key is, or else the free place where it belongs. */
  #find(key: number): number {
    const mask = this.#keys.length - 1;
    let at = (Math.imul(key, 0x9e3779b1) >>> 8) & mask;
    while (this.#values[at] !== free && (this.#keys[at] !== key || this.#values[at] === removed)) at = (at + 1) & mask;
    return at;
  }

  /** Without the places of removed entries, and larger when it is mostly full of others. */
  #rebuild(): void {
    const [keys, values] = [this.#keys, this.#values];
    const capacity = this.#size > (keys.length * maxLoad) / 2 ? keys.length * 2 : keys.length;
    this.#keys = new Int32Array(capacity);
    this.#values = new Int32Array(capacity).fill(free);
    this.#used = 0;
    this.#size = 0;
    for (const [at, value] of values.entries()) if (value >= 0) this.set(keys[at] ?? 0, value);
  }
}
