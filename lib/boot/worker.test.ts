import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startWorker } from "#lib/boot/worker.ts";

it("goes on after a round that fails", async () => {
  let rounds = 0;
  const errors: unknown[] = [];
  const tick = async () => {
    rounds++;
    if (rounds === 1) throw new Error("once");
  };
  const worker = startWorker({ tick, everyMs: 1, onError: (error) => errors.push(error) });
  await expect.poll(() => rounds).toBeGreaterThan(2);
  await worker.stop();
  expect(errors).toEqual([new Error("once")]);
});

it("never runs two rounds at once, and stops after the one under way", async () => {
  let running = 0;
  let most = 0;
  let ended = 0;
  const tick = async () => {
    most = Math.max(most, ++running);
    await sleep(20);
    running--;
    ended++;
  };
  const worker = startWorker({ tick, everyMs: 1, onError: () => {} });
  await sleep(5);
  await worker.stop();
  expect({ most, running, ended }).toEqual({ most: 1, running: 0, ended: 1 });
  await sleep(30);
  expect(ended).toBe(1);
});
