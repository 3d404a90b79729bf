import { expect, it } from "vitest";
import { LentMemory } from "#lib/resolver/http/lent-memory.ts";

const kilobyte = 1024;

it.each([
  [4 * kilobyte, 4 * kilobyte],
  [4 * kilobyte + 1, 8 * kilobyte],
  [8 * kilobyte, 8 * kilobyte],
  [100_000, 128 * kilobyte],
  [256 * kilobyte, 256 * kilobyte],
])("lends for %i bytes a piece of %i", (bytes, size) => expect(new LentMemory().take(bytes)?.length).toBe(size));

it.each([0, 1, 4 * kilobyte - 1, 256 * kilobyte + 1, 20_000_000])("lends nothing for %i bytes", (bytes) => {
  expect(new LentMemory().take(bytes)).toBeNull();
});

it("lends a piece again once it was given back, never before", () => {
  const memory = new LentMemory();
  const [first, second] = [memory.take(5000), memory.take(5000)] as [Buffer, Buffer];
  expect(second).not.toBe(first);
  memory.giveBack(first);
  expect(memory.take(20_000)).not.toBe(first);
  expect(memory.take(6000)).toBe(first);
  expect([memory.take(6000)]).not.toContain(second);
});

it("keeps no more than it was told to", () => {
  const memory = new LentMemory(16 * kilobyte);
  const pieces = [1, 2, 3].map(() => memory.take(8 * kilobyte) as Buffer);
  for (const piece of pieces) memory.giveBack(piece);
  const again = [1, 2, 3].map(() => memory.take(8 * kilobyte) as Buffer);
  expect(again.filter((piece) => pieces.includes(piece)).length).toBe(2);
});
