import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createTick } from "#lib/boot/schedule.ts";
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

it("runs each job at its own pace, and one that fails holds up no other", async () => {
  let now = 0;
  const ran: string[] = [];
  const job = (name: string, everyMs: number, fails = false) => ({
    everyMs,
    run: async () => {
      ran.push(`${name}@${now}`);
      if (fails) throw new Error(`${name} failed`);
    },
  });
  const tick = createTick([job("broken", 10, true), job("fast", 10), job("slow", 25)], () => now);
  await expect(tick()).rejects.toThrow("broken failed");
  now = 5;
  await tick();
  now = 10;
  await expect(tick()).rejects.toThrow("broken failed");
  now = 26;
  await expect(tick()).rejects.toThrow("broken failed");
  expect(ran).toEqual(["broken@0", "fast@0", "slow@0", "broken@10", "fast@10", "broken@26", "fast@26", "slow@26"]);
});
