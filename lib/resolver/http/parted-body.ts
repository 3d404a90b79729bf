/** Bytes of an answer: in one piece, or in parts that are joined where they are needed. */
export type Body = Buffer | PartedBody;

/** Bytes that lie in several places. Joining them is left to whoever sends them, since many answers need none. */
export class PartedBody {
  readonly length: number;
  readonly #parts: readonly Uint8Array[];

  /** @param parts must not change any more. */
  constructor(parts: readonly Uint8Array[]) {
    let length = 0;
    for (const part of parts) length += part.length;
    this.#parts = parts;
    this.length = length;
  }

  /** @throws RangeError when there are not `length` bytes of room. */
  copyTo(target: Uint8Array): void {
    let at = 0;
    for (const part of this.#parts) {
      target.set(part, at);
      at += part.length;
    }
  }

  /** In memory of its own. */
  join(): Buffer {
    return Buffer.concat(this.#parts, this.length);
  }
}

export function toBuffer(body: Body): Buffer {
  return body instanceof PartedBody ? body.join() : body;
}
