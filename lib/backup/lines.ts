import { damaged } from "#lib/backup/refusals.ts";

const newline = 0x0a;

/** No row is larger: a manifest, a bundle and a trusted root, each bounded, written as hex. */
export const maxLineBytes = 16 * 1024 * 1024;

/**
 * Splits bytes into lines, without their line breaks; never holds more than one line and one chunk.
 * @throws DomainError `invalid-input` when a line is longer than `maxBytes` or the last one has no line break.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number = maxLineBytes,
): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
      if (held + end - from > maxBytes) throw damaged("a row is too long");
      yield pieces.length === 0 ? bytes.subarray(from, end) : Buffer.concat([...pieces, bytes.subarray(from, end)]);
      pieces = [];
      held = 0;
      from = end + 1;
    }
    if (from < bytes.length) pieces.push(bytes.subarray(from));
    held += bytes.length - from;
    if (held > maxBytes) throw damaged("a row is too long");
  }
  if (held > 0) throw damaged("its last row is incomplete");
}
