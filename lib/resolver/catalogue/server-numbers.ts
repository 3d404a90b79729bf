/** Numbers that stand for names of servers where space counts. A number is used again once nothing holds it any more. */
export class ServerNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #holds: number[] = [];
  readonly #free: number[] = [];

  /** The number of a server, held once more. */
  take(name: string): number {
    const known = this.#numbers.get(name);
    const number = known ?? this.#free.pop() ?? this.#names.length;
    this.#numbers.set(name, number);
    this.#names[number] = name;
    this.#holds[number] = (known === undefined ? 0 : (this.#holds[number] ?? 0)) + 1;
    return number;
  }

  /** Gives back what one `take` held. */
  release(number: number): void {
    const left = (this.#holds[number] ?? 0) - 1;
    this.#holds[number] = left;
    if (left > 0) return;
    this.#numbers.delete(this.nameOf(number));
    this.#names[number] = "";
    this.#free.push(number);
  }

  /** @returns an empty text when nothing holds the number. */
  nameOf(number: number): string {
    return this.#names[number] ?? "";
  }
}
