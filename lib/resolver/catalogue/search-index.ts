/** Rows of the index. Each piece of text of up to three characters falls into one of them. */
const rows = 4096;
const pieceChars = 3;
/** Keys are kept by blocks of 1,024, in half a megabyte each: it stays near the processor, and no block ever moves. */
const wordsPerBlock = 32;

/** Which keys may contain a text: none that does is missing, a few that do not may be there. */
export type SearchHits = {
  count: number;
  has(key: string): boolean;
  /** In no particular order. */
  keys(): string[];
};

/** Some of an index's keys. What is searched among them depends on no other key, and neither does how long it takes. */
export class SomeKeys {
  #words = new Uint32Array(0);

  /** 32 places at once. */
  at(word: number): number {
    return this.#words[word] ?? 0;
  }

  /** For the index alone, which knows the places. */
  set(place: number, isIn: boolean): void {
    const word = place >>> 5;
    if (word >= this.#words.length) {
      if (!isIn) return;
      const longer = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      longer.set(this.#words);
      this.#words = longer;
    }
    const bit = 1 << (place & 31);
    this.#words[word] = isIn ? this.at(word) | bit : this.at(word) & ~bit;
  }
}

/**
 * Finds the few texts that may contain a substring without reading the others: one bitmap of keys per hashed piece of
 * text, so that a question costs a handful of `and`s however long the catalogue is. Memory is bounded by the number of
 * keys alone (512 bytes each), whatever publishers write.
 */
export class SearchIndex {
  readonly #slots = new Map<string, number>();
  readonly #keys: (string | undefined)[] = [];
  readonly #free: number[] = [];
  /** By block, all rows of its keys one after the other. */
  readonly #blocks: Uint32Array[] = [];

  /** Replaces the texts of a key. */
  set(key: string, texts: Iterable<string>): void {
    this.delete(key);
    const slot = this.#free.pop() ?? this.#keys.length;
    this.#slots.set(key, slot);
    this.#keys[slot] = key;
    const [block, word, bit] = this.#placeOf(slot);
    for (const text of new Set(texts)) {
      for (let at = 0; at < text.length; at++) {
        for (let length = 1; length <= pieceChars && at + length <= text.length; length++) {
          const place = rowOf(text, at, length) * wordsPerBlock + word;
          block[place] = (block[place] ?? 0) | bit;
        }
      }
    }
  }

  delete(key: string): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    const [block, word, bit] = this.#placeOf(slot);
    for (let place = word; place < block.length; place += wordsPerBlock) block[place] = (block[place] ?? 0) & ~bit;
    this.#slots.delete(key);
    this.#keys[slot] = undefined;
    this.#free.push(slot);
  }

  /** Says whether a key is one of some. Must follow each `set` of a key that is new: it may have another's place. */
  mark(some: SomeKeys, key: string, isIn: boolean): void {
    const slot = this.#slots.get(key);
    if (slot !== undefined) some.set(slot, isIn);
  }

  /**
   * @param text not empty, in the same letter case as what was set.
   * @param among only these are looked at; without, all are.
   */
  find(text: string, among?: SomeKeys): SearchHits {
    const found = this.#intersect(text, among);
    let count = 0;
    for (let at = 0; at < found.length; at++) count += countBits(found[at] ?? 0);
    return {
      count,
      has: (key) => {
        const slot = this.#slots.get(key);
        return slot !== undefined && ((found[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0;
      },
      keys: () => setBits(found).flatMap((slot) => this.#keys[slot] ?? []),
    };
  }

  #intersect(text: string, among: SomeKeys | undefined): Uint32Array {
    const length = Math.min(text.length, pieceChars);
    const pieces = new Set<number>();
    for (let at = 0; at + length <= text.length; at++) pieces.add(rowOf(text, at, length));
    const starts = [...pieces].map((row) => row * wordsPerBlock);
    const found = new Uint32Array(this.#blocks.length * wordsPerBlock);
    for (let at = 0; at < found.length; at++) {
      const block = this.#blocks[Math.floor(at / wordsPerBlock)];
      if (block) found[at] = commonBits(block, starts, at % wordsPerBlock, among ? among.at(at) : 0xffffffff);
    }
    return found;
  }

  #placeOf(slot: number): [block: Uint32Array, word: number, bit: number] {
    const at = Math.floor(slot / (wordsPerBlock * 32));
    this.#blocks[at] ??= new Uint32Array(rows * wordsPerBlock);
    return [this.#blocks[at], (slot >>> 5) % wordsPerBlock, 1 << (slot & 31)];
  }
}

/** Which of 32 keys have every piece: the `word`th word of all these rows at once. Those not in `among` do not count. */
function commonBits(block: Uint32Array, starts: readonly number[], word: number, among: number): number {
  let common = among;
  for (let i = 0; i < starts.length && common !== 0; i++) common &= block[(starts[i] ?? 0) + word] ?? 0;
  return common;
}

/** Spreads pieces over the rows; the length is part of the piece. */
function rowOf(text: string, at: number, length: number): number {
  let hash = length;
  for (let i = at; i < at + length; i++) hash = Math.imul(hash, 31) + text.charCodeAt(i);
  return Math.imul(hash, 0x9e3779b1) >>> 20;
}

function countBits(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function setBits(words: Uint32Array): number[] {
  const places: number[] = [];
  for (let at = 0; at < words.length; at++) {
    for (let left = words[at] ?? 0; left !== 0; left &= left - 1) places.push(at * 32 + 31 - Math.clz32(left & -left));
  }
  return places;
}
