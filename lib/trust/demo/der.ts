/** Just enough DER to write certificates' extensions and timestamps. Reading is left to the Sigstore library. */

export function tlv(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), encodeLength(content.length), content]);
}

export const sequence = (...items: Uint8Array[]): Buffer => tlv(0x30, ...items);
export const octets = (bytes: Uint8Array): Buffer => tlv(0x04, bytes);
export const utf8 = (text: string): Buffer => tlv(0x0c, Buffer.from(text, "utf8"));
export const explicit = (number: number, item: Uint8Array): Buffer => tlv(0xa0 + number, item);

/** DER orders the members of a SET OF by their bytes. */
export const setOf = (...items: Buffer[]): Buffer => tlv(0x31, ...items.toSorted(Buffer.compare));

/** @param bytes big-endian magnitude */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const trimmed = start < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(start));
  const sign = (trimmed[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0);
  return tlv(0x02, sign, trimmed);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(encodeBase128)]));
}

/** Whole seconds: readers differ about fractions. */
export function generalizedTime(date: Date): Buffer {
  const digits = date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
  return tlv(0x18, Buffer.from(`${digits}Z`));
}

/** An integer of `size` bytes, big-endian, as TLS structures have them. */
export function uint(value: number | bigint, size: number): Buffer {
  return Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(size * 2, "0"),
    "hex",
  );
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? uint(length, 1) : uint(length, 2);
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
}

function encodeBase128(value: number): number[] {
  const groups = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift(128 + (rest % 128));
  return groups;
}
