import pg from "pg";
import { describe, expect, it } from "vitest";
import { inPiecesOf } from "#lib/resolver/database/byte-pieces.ts";

const { BYTEA, INT4 } = pg.types.builtins;
const hexOf = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}`;
const bytesReader = (pieceBytes: number) =>
  inPiecesOf(pieceBytes).getTypeParser(BYTEA, "text") as (hex: string) => Buffer;

describe("bytes of a query", () => {
  it("are read as they were written, however long and in whatever order", () => {
    const read = bytesReader(100);
    const values = [0, 1, 60, 40, 1, 0, 500, 99, 100, 101, 2].map((length, at) => Buffer.alloc(length, at + 1));
    const found = values.map((value) => read(hexOf(value)));
    expect(found.map((bytes) => bytes.toString("hex"))).toEqual(values.map((bytes) => bytes.toString("hex")));
  });

  it("share one piece while it lasts", () => {
    const read = bytesReader(100);
    const [first, second, third] = [60, 40, 1].map((length) => read(hexOf(Buffer.alloc(length, 7))));
    expect(second?.buffer).toBe(first?.buffer);
    expect(third?.buffer).not.toBe(first?.buffer);
    expect(first?.buffer.byteLength).toBe(100);
  });

  it("share nothing with another query", () => {
    const [one, other] = [bytesReader(100)("\\x01"), bytesReader(100)("\\x02")];
    expect(one.buffer).not.toBe(other.buffer);
  });

  it.each(["01", "\\x0", "\\xzz", "\\x01zz", "\\001", ""])("%j is refused", (text) => {
    expect(() => bytesReader(100)(text)).toThrow("hexadecimal");
  });

  it("leave other values to the driver", () => {
    expect(inPiecesOf(100).getTypeParser(INT4, "text")("42")).toBe(42);
  });
});
