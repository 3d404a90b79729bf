import fc from "fast-check";
import { expect, it } from "vitest";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";
import { type Step, schedule, type Write } from "#lib/testing/trouble/memory-steps.ts";
import { MemoryWorld } from "#lib/testing/trouble/memory-world.ts";
import { scheduleRuns, scheduleTimeout } from "#lib/testing/trouble/runs.ts";

// Writers, clocks, backups and lost connections come between any two reads of a reader, step by step as the schedule
// says: the same seed is the same run. `npm run schedules` does thousands.

const registry = makeRegistry();

it(
  "a reader ends equal to one that loads everything anew, and shows nothing revoked as active on the way",
  async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        const world = new MemoryWorld(registry);
        for (const step of steps) await world.run(step);
        await world.settle();
        for (const reader of world.readers) {
          expect(reader.everything()).toEqual(await reader.everythingAnew());
        }
      }),
      scheduleRuns(400),
    );
  },
  scheduleTimeout(60_000),
);

const ahead: Write = ["approve", "io.acme/bb", "2.0.0", 80];

// A reader reads entries, one server, the other, and entries again. Before the first server comes a second version of
// it, and later the database loses it again.
it.each<[string, Step[]]>([
  ["afterwards", [["follow", 0, [null, ahead]], ["restore"]]],
  ["before the rest of the ledger is read", [["follow", 0, [null, ahead, null, ["restore"]]]]],
  ["while another server is read", [["follow", 0, [null, ahead, ["restore"]]]]],
  ["unnoticed, before the rest of the ledger is read", [["follow", 0, [null, ahead, null, ["replace"]]]]],
  ["unnoticed, while another server is read", [["follow", 0, [null, ahead, ["replace"]]]]],
  ["after the connection was lost", [["follow", 0, [null, ahead, ["lose"]]], ["restore"]]],
  [
    "unnoticed, and has another entry in its place",
    [["follow", 0, [null, ahead, ["replace"], ["approve", "io.acme/cc", "1.1.0", 80]]]],
  ],
])("a row read ahead of the ledger is read again when the database loses what it was ahead by, %s", async (_, lost) => {
  const world = new MemoryWorld(registry);
  const [reader] = world.readers;
  const before: Step[] = [
    ["approve", "io.acme/aa", "1.0.0", 80],
    ["follow", 0, []],
  ];
  const saved: Step[] = [["approve", "io.acme/bb", "1.0.0", 80], ["approve", "io.acme/cc", "1.0.0", 80], ["back up"]];
  for (const step of [...before, ...saved, ...lost]) await world.run(step);
  // Once finds out, twice has it right.
  for (let i = 0; i < 2; i++) await reader?.follow();
  expect(reader?.everything().join()).not.toContain('"2.0.0"');
  expect(reader?.everything()).toEqual(await reader?.everythingAnew());
});

it("a row is read again when the database loses the entry that named it before that entry was followed", async () => {
  const world = new MemoryWorld(registry);
  const [reader] = world.readers;
  const steps: Step[] = [
    ["approve", "io.acme/aa", "1.0.0", 80],
    ["follow", 0, []],
    ["back up"],
    ["approve", "io.acme/bb", "2.0.0", 80],
    ["approve", "io.acme/cc", "1.0.0", 80],
    ["follow", 0, [null, null, ["lose"]]],
    ["restore"],
  ];
  for (const step of steps) await world.run(step);
  expect(reader?.everything().join()).toContain('"2.0.0"');
  await reader?.follow();
  expect(reader?.everything().join()).not.toContain('"2.0.0"');
});

it("who may read is read again when the database loses what that was ahead by", async () => {
  const world = new MemoryWorld(registry);
  const [reader] = world.readers;
  const before: Step[] = [["follow", 0, []], ["give", "t"], ["back up"]];
  for (const step of [...before, ["follow", 0, [null, ["take", "t"], ["replace"]]] as Step]) await world.run(step);
  await reader?.follow();
  expect(reader?.everything()).toEqual(await reader?.everythingAnew());
  expect(reader?.everything()).toContain("admitted: t");
});
