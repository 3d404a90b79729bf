import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { BoundedCache } from "#lib/resolver/http/bounded-cache.ts";
import { type Body, toBuffer } from "#lib/resolver/http/parted-body.ts";

export type Encoding = "br" | "gzip";

/** Below this many bytes a body is sent as it is. */
export const minEncodedBytes = 1024;

const compressors: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: (body) => promisify(gzip)(body, { level: 6 }),
};

/** The encoding to answer in, Brotli before gzip, or null for none. A weight of 0 refuses one. */
export function chooseEncoding(accepted: IncomingHttpHeaders["accept-encoding"]): Encoding | null {
  if (!accepted) return null;
  const wanted = new Set<string>();
  for (const part of String(accepted).toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim());
    if (!parameters.some((text) => /^q=0(\.0*)?$/.test(text))) wanted.add(name);
  }
  if (wanted.has("br")) return "br";
  return wanted.has("gzip") ? "gzip" : null;
}

/** The tag of an encoded form: another sequence of bytes, so another strong tag. */
export function encodedTag(etag: string, encoding: Encoding): string {
  return `${etag.slice(0, -1)}-${encoding}"`;
}

/** The tag of the plain form, whichever form a tag is of. */
export function plainTag(etag: string): string {
  return etag.replace(/-(?:br|gzip)"$/, '"');
}

/**
 * Encoded bodies, made at first use and kept while there is room; what was used longest ago goes first. At most a few
 * are made at a time: whoever asks for one more gets the plain form.
 */
export class EncodedBodies {
  readonly #kept: BoundedCache<Buffer>;
  readonly #making = new Map<string, Promise<Buffer>>();
  readonly #maxAtOnce: number;

  constructor(maxBytes = 32 * 1024 * 1024, maxAtOnce = 8) {
    this.#kept = new BoundedCache(maxBytes);
    this.#maxAtOnce = maxAtOnce;
  }

  get bytes(): number {
    return this.#kept.bytes;
  }

  /**
   * @param etag strong tag of `body`: the same tag means the same bytes.
   * @returns the encoded body, at once when it is kept; null when too many are being made.
   */
  find(etag: string, body: Body, encoding: Encoding): Buffer | Promise<Buffer> | null {
    const key = encodedTag(etag, encoding);
    const known = this.#kept.get(key) ?? this.#making.get(key);
    if (known) return known;
    return this.#making.size >= this.#maxAtOnce ? null : this.#make(key, body, encoding);
  }

  #make(key: string, body: Body, encoding: Encoding): Promise<Buffer> {
    const made = compressors[encoding](toBuffer(body))
      .then((encoded) => {
        this.#kept.set(key, encoded, encoded.length);
        return encoded;
      })
      .finally(() => this.#making.delete(key));
    this.#making.set(key, made);
    return made;
  }
}
