import { describe, expect, it } from "vitest";
import { splitLines } from "#lib/backup/lines.ts";

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function split(text: string, size: number, maxBytes = 10): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of splitLines(inPieces(text, size), maxBytes)) lines.push(line.toString());
  return lines;
}

const sizes = [1, 2, 3, 7, 100];

describe.each(sizes)("in pieces of %i bytes", (size) => {
  it("lines come whole, empty ones too", async () => {
    expect(await split("one\n\nthrée\n", size)).toEqual(["one", "", "thrée"]);
    expect(await split("", size)).toEqual([]);
    expect(await split("0123456789\n", size)).toEqual(["0123456789"]);
  });

  it("one that is too long, or has no end, is refused", async () => {
    await expect(split("01234567890\n", size)).rejects.toMatchObject({ code: "invalid-input", detail: /too long/ });
    await expect(split("a\n012345678901234", size)).rejects.toMatchObject({ detail: /too long/ });
    await expect(split("a\nb", size)).rejects.toMatchObject({ detail: /incomplete/ });
  });
});
