import { expect, it } from "vitest";
import { type Resolved, Tallies } from "#lib/resolver/counts/tallies.ts";

const noon = Date.parse("2026-06-01T12:00:00.000Z");
const weather = (): Resolved => ({ name: "io.acme/weather", version: "1.0.0" });
const row = (changes: object) => ({
  ...{ day: "2026-06-01", channelId: "c1", reader: "", name: "io.acme/weather", version: "1.0.0" },
  ...{ count: 1, lastAt: new Date(noon), ...changes },
});

it("counts the same together, whatever answer it came with", () => {
  const tallies = new Tallies(10);
  const kept = weather();
  for (let i = 0; i < 3; i++) tallies.count(kept, "c1", "", noon + i);
  tallies.count(weather(), "c1", "", noon + 5);
  expect(tallies.take()).toEqual([row({ count: 4, lastAt: new Date(noon + 5) })]);
  expect(tallies.take()).toEqual([]);
});

it("keeps channels, readers and versions apart, also with one answer for all of them", () => {
  const tallies = new Tallies(10);
  const kept = weather();
  for (let i = 0; i < 2; i++) {
    for (const channel of ["c1", "c2"])
      for (const reader of ["token:a", "token:b"]) tallies.count(kept, channel, reader, noon);
  }
  tallies.count({ ...weather(), version: "2.0.0" }, "c1", "token:a", noon);
  expect(tallies.take()).toEqual([
    row({ reader: "token:a", count: 2 }),
    row({ reader: "token:b", count: 2 }),
    row({ channelId: "c2", reader: "token:a", count: 2 }),
    row({ channelId: "c2", reader: "token:b", count: 2 }),
    row({ reader: "token:a", version: "2.0.0" }),
  ]);
});

it("counts on after it was emptied", () => {
  const tallies = new Tallies(10);
  const kept = weather();
  tallies.count(kept, "c1", "", noon);
  tallies.take();
  tallies.count(kept, "c1", "", noon + 1);
  expect(tallies.take()).toEqual([row({ lastAt: new Date(noon + 1) })]);
});

it("begins anew at midnight UTC, and again when the clock steps back over it", () => {
  const tallies = new Tallies(10);
  const kept = weather();
  const midnight = Date.parse("2026-06-02T00:00:00.000Z");
  for (const at of [midnight - 1, midnight, midnight + 1, midnight - 2]) tallies.count(kept, "c1", "", at);
  const counted = tallies.take().map(({ day, count, lastAt }) => [day, count, lastAt.getTime()]);
  expect(counted).toEqual([
    ["2026-06-01", 1, midnight - 1],
    ["2026-06-02", 2, midnight + 1],
    ["2026-06-01", 1, midnight - 2],
  ]);
});

it("remembers so many and no more, and says what it forgot", () => {
  const tallies = new Tallies(2);
  for (const version of ["1", "2", "3", "4", "1"]) tallies.count({ ...weather(), version }, "c1", "", noon);
  expect(tallies.takeDropped()).toBe(2);
  expect(tallies.takeDropped()).toBe(0);
  expect(tallies.take().map(({ version, count }) => [version, count])).toEqual([
    ["1", 2],
    ["2", 1],
  ]);
  tallies.count({ ...weather(), version: "3" }, "c1", "", noon);
  expect(tallies.size).toBe(1);
});
