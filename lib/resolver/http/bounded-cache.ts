/**
 * Values in memory up to a number of bytes. When half of it has been filled anew, what was not asked for since the last
 * such moment goes: nearly what was used longest ago, at the cost of one look for what is used often.
 */
export class BoundedCache<Value> {
  #recent = new Map<string, Kept<Value>>();
  #earlier = new Map<string, Kept<Value>>();
  #recentBytes = 0;
  #earlierBytes = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#recentBytes + this.#earlierBytes;
  }

  get(key: string): Value | undefined {
    const recent = this.#recent.get(key);
    if (recent) return recent.value;
    const earlier = this.#earlier.get(key);
    if (earlier) this.set(key, earlier.value, earlier.bytes);
    return earlier?.value;
  }

  /** @param bytes what the value and its key take. More than half of all there is room for is not kept. */
  set(key: string, value: Value, bytes: number): void {
    this.#drop(key);
    if (bytes > this.#maxBytes / 2) return;
    if (this.#recentBytes + bytes > this.#maxBytes / 2) this.#turn();
    this.#recent.set(key, { value, bytes });
    this.#recentBytes += bytes;
  }

  clear(): void {
    this.#turn();
    this.#turn();
  }

  #turn(): void {
    this.#earlier = this.#recent;
    this.#earlierBytes = this.#recentBytes;
    this.#recent = new Map();
    this.#recentBytes = 0;
  }

  #drop(key: string): void {
    this.#recentBytes -= this.#recent.get(key)?.bytes ?? 0;
    this.#earlierBytes -= this.#earlier.get(key)?.bytes ?? 0;
    this.#recent.delete(key);
    this.#earlier.delete(key);
  }
}

type Kept<Value> = { value: Value; bytes: number };
