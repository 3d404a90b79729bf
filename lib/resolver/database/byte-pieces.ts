import pg from "pg";

/** What stands before the digits, two for each byte. */
const prefix = "\\x";

/**
 * How the driver is to read the bytes of one query: into few large pieces of memory. Left alone it makes one small
 * piece of each value, and these keep memory that is nobody's any more from going back to the system. For one query
 * only: the rows are views into the pieces.
 * @param pieceBytes how much is taken at a time; a larger value gets a piece of its own.
 */
export function inPiecesOf(pieceBytes: number): pg.CustomTypesConfig {
  let piece = Buffer.alloc(0);
  let used = 0;
  const readBytes = (hex: string): Buffer => {
    if (!hex.startsWith(prefix)) throw notHex();
    const length = (hex.length - prefix.length) / 2;
    if (used + length > piece.length) {
      piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, length));
      used = 0;
    }
    const bytes = piece.subarray(used, used + length);
    if (bytes.write(hex.slice(prefix.length), "hex") !== length) throw notHex();
    used += length;
    return bytes;
  };
  const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
    oid === pg.types.builtins.BYTEA ? readBytes : pg.types.getTypeParser(oid, format as "text");
  return { getTypeParser };
}

const notHex = () => new Error("bytes from the database are not in hexadecimal digits");
