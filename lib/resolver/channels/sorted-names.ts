import { compareText } from "#lib/resolver/catalogue/shelf.ts";

/** A set of names in list order, eight bytes each. */
export class SortedNames {
  readonly #names: string[];

  /** @param names already in order, each once; taken over, not copied. */
  constructor(names: string[] = []) {
    this.#names = names;
  }

  get size(): number {
    return this.#names.length;
  }

  has(name: string): boolean {
    return this.#names[this.#placeOf(name)] === name;
  }

  /** @returns whether it was not there before. */
  add(name: string): boolean {
    const place = this.#placeOf(name);
    if (this.#names[place] === name) return false;
    this.#names.splice(place, 0, name);
    return true;
  }

  /** @returns whether it was there. */
  delete(name: string): boolean {
    const place = this.#placeOf(name);
    if (this.#names[place] !== name) return false;
    this.#names.splice(place, 1);
    return true;
  }

  /** In order, from a name on (that one included). Not to be changed meanwhile. */
  *from(name: string): Generator<string> {
    for (let place = this.#placeOf(name); place < this.#names.length; place++) yield this.#names[place] ?? "";
  }

  /** Index of the first name not before this one. */
  #placeOf(name: string): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareText(this.#names[middle] ?? "", name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
