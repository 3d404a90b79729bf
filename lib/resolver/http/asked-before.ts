const standardPlaces = 65_536;

/**
 * Tells what is asked again from what is asked once, in a few bytes for each: most questions that nobody asked before
 * are asked by nobody afterwards either. May take one for another, and forgets one when others take its place.
 */
export class AskedBefore {
  readonly #hashes: Int32Array;

  /** @param places a power of two; four bytes each. */
  constructor(places = standardPlaces) {
    this.#hashes = new Int32Array(places);
  }

  /** Notes a question. @returns whether it was noted before. */
  note(question: string): boolean {
    const hash = hashOf(question);
    const place = (hash >>> 8) & (this.#hashes.length - 1);
    const known = this.#hashes[place] === hash;
    this.#hashes[place] = hash;
    return known;
  }
}

/** FNV-1a by UTF-16 code units. Never 0, which stands for nothing. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 1;
}
