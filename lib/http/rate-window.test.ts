import fc from "fast-check";
import { expect, it } from "vitest";
import { RateWindow } from "#lib/http/rate-window.ts";

it("counts each key by itself, and says what is left and for how long", () => {
  const window = new RateWindow(2);
  expect(window.take("a", 0)).toEqual({ over: false, remaining: 1, resetSeconds: 60 });
  expect(window.take("a", 30_500)).toEqual({ over: false, remaining: 0, resetSeconds: 30 });
  expect(window.take("a", 59_999)).toEqual({ over: true, remaining: 0, resetSeconds: 1 });
  expect(window.take("b", 59_999)).toEqual({ over: false, remaining: 1, resetSeconds: 60 });
  expect(window.take("a", 60_000)).toEqual({ over: false, remaining: 1, resetSeconds: 60 });
});

it("is not held off longer by asking on", () => {
  const window = new RateWindow(1);
  for (let now = 0; now < 60_000; now += 100) window.take("a", now);
  expect(window.take("a", 60_000).over).toBe(false);
});

it("keeps at most so many keys, the newest, and none whose window is over for long", () => {
  const window = new RateWindow(1, 100);
  for (let at = 0; at < 1000; at++) window.take(`key ${at}`, at);
  expect(window.size).toBe(100);
  expect(window.take("key 999", 1000).over).toBe(true);
  expect(window.take("key 0", 1000).over).toBe(false);
  for (let at = 0; at < 100; at++) window.take(`later ${at}`, 70_000);
  expect(window.size).toBe(100);
  for (let at = 0; at < 60; at++) window.take("one", 140_000 + at);
  window.take("other", 210_000);
  window.take("another", 210_000);
  expect(window.size).toBeLessThan(100);
});

it("admits exactly the quota of every window, whoever asks and when", () => {
  const asked = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 40_000 })));
  fc.assert(
    fc.property(asked, fc.integer({ min: 1, max: 5 }), (requests, quota) => {
      const window = new RateWindow(quota);
      const began = new Map<string, { at: number; admitted: number }>();
      let now = 0;
      for (const [key, pause] of requests) {
        now += pause;
        const current = began.get(key);
        if (!current || now >= current.at + 60_000) began.set(key, { at: now, admitted: 0 });
        const counted = began.get(key) ?? { at: 0, admitted: 0 };
        const { over, remaining } = window.take(key, now);
        expect(over).toBe(counted.admitted >= quota);
        if (!over) counted.admitted++;
        expect(remaining).toBe(quota - counted.admitted);
      }
    }),
  );
});
