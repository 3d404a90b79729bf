import { expect, it, vi } from "vitest";
import { ResolutionCounter } from "#lib/resolver/counts/counter.ts";
import type { ResolutionBatch } from "#lib/resolver/source.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { now } from "#lib/resolver/testing/registry.ts";

/** A source that fails as long as it is told to, and keeps what it was given otherwise. */
class Sink {
  away = false;
  attempts = 0;
  readonly batches: ResolutionBatch[] = [];

  async addResolutions(batch: ResolutionBatch): Promise<void> {
    this.attempts++;
    if (this.away) throw new Error("connection refused");
    this.batches.push(batch);
  }

  get counted(): Record<string, number> {
    const totals: Record<string, number> = {};
    for (const { version, count } of this.batches.flatMap((batch) => batch.counts)) {
      totals[version] = (totals[version] ?? 0) + count;
    }
    return totals;
  }
}

function open(maxKept?: number) {
  const [sink, log] = [new Sink(), recordingLog()];
  const counter = new ResolutionCounter(sink, log, maxKept);
  const count = (version: string, times = 1) => {
    for (let i = 0; i < times; i++) counter.count({ name: "io.acme/weather", version }, "c1", "", now);
  };
  return { sink, log, counter, count };
}

it("writes what was counted, once", async () => {
  const { sink, counter, count } = open();
  count("1.0.0", 3);
  await counter.flush();
  await counter.flush();
  expect(sink.counted).toEqual({ "1.0.0": 3 });
  expect(sink.attempts).toBe(1);
});

it("writes large amounts in portions", async () => {
  const { sink, counter, count } = open();
  for (let i = 0; i < 4500; i++) count(`${i}.0.0`);
  await counter.flush();
  expect(sink.batches.map(({ counts }) => counts.length)).toEqual([2000, 2000, 500]);
});

it("waits while nothing can be written, then hands over the same batch again and what came since", async () => {
  const { sink, log, counter, count } = open();
  count("1.0.0");
  sink.away = true;
  const seen = vi.spyOn(sink, "addResolutions");
  for (let i = 0; i < 3; i++) {
    await counter.flush();
    count("1.0.0");
  }
  const [first] = seen.mock.calls[0] ?? [];
  expect(seen.mock.calls.every(([batch]) => batch === first)).toBe(true);
  sink.away = false;
  await counter.flush();
  expect(sink.batches[0]).toBe(first);
  expect(sink.counted).toEqual({ "1.0.0": 4 });
  expect(log.events.map(({ event }) => event)).toEqual(["counts-wait"]);
});

it("loses what is too much with an alarm, and nothing else", async () => {
  const { sink, log, counter, count } = open(2);
  sink.away = true;
  count("1.0.0");
  count("2.0.0");
  await counter.flush();
  for (const version of ["3.0.0", "4.0.0", "5.0.0", "3.0.0", "5.0.0"]) count(version);
  // Known while nothing can be written, too.
  expect([counter.lost, counter.unwritten]).toEqual([2, 4]);
  sink.away = false;
  await counter.flush();
  expect(sink.counted).toEqual({ "1.0.0": 1, "2.0.0": 1, "3.0.0": 2, "4.0.0": 1 });
  expect(log.events).toContainEqual({ event: "counts-dropped", dropped: 2 });
  expect([counter.lost, counter.unwritten]).toEqual([2, 0]);
  for (const version of ["6.0.0", "7.0.0", "8.0.0"]) count(version);
  expect([counter.lost, counter.unwritten]).toEqual([3, 2]);
});

it("writes once more at its end, and says so when it cannot", async () => {
  const { sink, log, counter, count } = open();
  counter.start(3_600_000);
  count("1.0.0");
  await counter.stop();
  expect(sink.counted).toEqual({ "1.0.0": 1 });
  sink.away = true;
  count("2.0.0");
  await counter.stop();
  expect(log.events).toContainEqual({ event: "counts-lost", counts: 1 });
});

it("ends in time although nothing answers", async () => {
  const { sink, log, counter, count } = open();
  sink.addResolutions = () => new Promise(() => {});
  count("1.0.0");
  await counter.stop(1);
  expect(log.events).toEqual([{ event: "counts-lost", counts: 1 }]);
});
