import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDomainError } from "#lib/core/errors.ts";
import { closeDb } from "#lib/db/client.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { DatabaseReader } from "#lib/testing/trouble/database-reader.ts";
import { readers, type Step } from "#lib/testing/trouble/database-steps.ts";
import { channel, type Verb } from "#lib/testing/trouble/database-verbs.ts";
import { type Answers, askEverything, askPaths, listLists, listPaths } from "#lib/testing/trouble/every-answer.ts";
import { type Acknowledged, LedgerWatch } from "#lib/testing/trouble/ledger-watch.ts";
import { type LiveRegistry, openLiveRegistry } from "#lib/testing/trouble/live-registry.ts";

const settleMs = 10_000;

/** Channels a schedule compares. */
const bases = ["/v0.1", `/c/${channel}/v0.1`];

/**
 * The product on a real Postgres, with readers: people use its verbs at the same time while connections end, the
 * database goes away or is replaced by an older one, readers are killed, and clocks jump.
 */
export class DatabaseWorld {
  readonly #live: LiveRegistry;
  #readers: DatabaseReader[] = [];
  #ledger = new LedgerWatch();
  #latestClock = 0;
  #folder = "";

  constructor(live: LiveRegistry) {
    this.#live = live;
  }

  static async open(): Promise<DatabaseWorld> {
    return new DatabaseWorld(await openLiveRegistry());
  }

  close(): Promise<void> {
    return this.#live.close();
  }

  /** Goes through a schedule from the same beginning each time, and lets the dust settle. */
  async run(steps: readonly Step[]): Promise<void> {
    this.#folder = mkdtempSync(path.join(this.#live.folder, "schedule-"));
    try {
      await this.#begin();
      for (const step of steps) await this.#step(step);
      await this.#settle();
      await this.#assertChains();
    } finally {
      for (const reader of this.#readers) reader.kill();
      await Promise.all(this.#readers.map((reader) => reader.settled()));
      rmSync(this.#folder, { recursive: true });
    }
  }

  async #begin(): Promise<void> {
    await this.#live.database.renew();
    this.#ledger = new LedgerWatch();
    await this.#ledger.begin();
    this.#latestClock = this.#clock.now().getTime();
    this.#readers = Array.from({ length: readers }, (_, at) => this.#makeReader(at));
    await Promise.all(this.#readers.map((reader) => reader.start()));
  }

  #makeReader(at: number): DatabaseReader {
    return new DatabaseReader({
      url: this.#live.database.appUrl,
      registry: this.#live.trust,
      revocationsFile: path.join(this.#folder, `revocations-${at}`),
      clock: () => this.#clock.now().getTime(),
    });
  }

  async #step(step: Step): Promise<void> {
    switch (step[0]) {
      case "write":
        await this.#write(step[1], step[2]);
        break;
      case "clock":
        this.#clock.advance(step[1]);
        this.#latestClock = Math.max(this.#latestClock, this.#clock.now().getTime());
        break;
      case "kill":
        this.#reader(step[1]).kill();
        break;
      case "start":
        // Not awaited: it may be killed while it loads.
        void this.#reader(step[1]).start();
        break;
      case "deafen":
        this.#reader(step[1]).deafen();
        break;
      case "cut off":
        this.#reader(step[1]).cutOff();
        break;
      case "mend":
        this.#reader(step[1]).mend();
        break;
      case "lose a read":
        this.#reader(step[1]).loseRead(step[2]);
        break;
      case "cut":
        await this.#live.database.cut("countersign resolver");
        break;
      case "back up":
        await this.#live.database.backUp();
        break;
      case "restore":
        await this.#live.database.restore();
        await this.#ledger.begin();
        break;
      case "outage":
        await this.#live.database.goAway();
        await sleep(30);
        await this.#live.database.comeBack();
        break;
      case "wait":
        await sleep(step[1]);
    }
    for (const reader of this.#readers) await reader.assertNothingRevokedIsBack();
  }

  /** All at the same time. Only those whose connections are cut may fail otherwise than by a refusal. */
  async #write(verbs: readonly Verb[], cut: "countersign resolver" | "writers" | null): Promise<void> {
    const running = Promise.allSettled(verbs.map((verb) => this.#live.verbs.perform(verb)));
    if (cut) await sleep(5).then(() => this.#live.database.cut(cut));
    const results = await running;
    if (cut === "writers") await closeDb();
    const acknowledged: Acknowledged[] = [];
    for (const result of results) {
      if (result.status === "fulfilled") acknowledged.push(...(result.value ? [result.value] : []));
      else if (cut !== "writers" && !isDomainError(result.reason)) throw result.reason;
    }
    await this.#ledger.look(acknowledged);
  }

  /** Everything works again and no clock is behind; nobody does anything more but the readers, by themselves. */
  async #settle(): Promise<void> {
    this.#clock.advance(this.#latestClock - this.#clock.now().getTime());
    await this.#live.verbs.perform(["expire"]);
    for (const reader of this.#readers) {
      reader.mend();
      await reader.start();
    }
    await this.#assertEqualFreshLoads();
  }

  async #assertEqualFreshLoads(): Promise<void> {
    const paths = await listPaths(bases);
    const expected = new Map<string, Answers>();
    for (const { reader, memory } of this.#readers.map((reader) => ({ reader, memory: reader.memory() }))) {
      const answers = expected.get(memory) ?? (await this.#askFreshLoad(reader, paths));
      expected.set(memory, answers);
      await assertBecomes(reader, paths, answers);
      await reader.assertNothingRevokedIsBack();
    }
  }

  /** What one with the same memory of revocations answers that has just loaded everything. */
  async #askFreshLoad(reader: DatabaseReader, paths: readonly string[]): Promise<Answers> {
    const fresh = await reader.open(false);
    try {
      await fresh.plane.start();
      return await askEverything(fresh.plane, bases, paths);
    } finally {
      await fresh.plane.close();
      await fresh.source.close();
    }
  }

  async #assertChains(): Promise<void> {
    const [ledger] = await verifyChains(this.#live.trust);
    if (!ledger?.intact) throw new Error(`the ledger is broken: ${JSON.stringify(ledger?.broken)}`);
  }

  get #clock() {
    return this.#live.registry.clock;
  }

  #reader(at: number): DatabaseReader {
    const found = this.#readers[at];
    if (!found) throw new RangeError("no such reader");
    return found;
  }
}

/** @throws Error naming the first answer that stays another. */
async function assertBecomes({ plane }: DatabaseReader, paths: readonly string[], expected: Answers): Promise<void> {
  if (!plane) throw new Error("a reader did not start");
  const deadline = performance.now() + settleMs;
  for (;;) {
    const lists = await askPaths(plane.port, bases.flatMap(listLists));
    const found = findDifference(lists, expected) ? lists : await askEverything(plane, bases, paths);
    const differing = findDifference(found, expected);
    if (differing === undefined) return;
    if (performance.now() > deadline) {
      throw new Error(`${differing}\nfresh: ${expected[differing]}\nreader: ${found[differing]}`);
    }
    await sleep(20);
  }
}

function findDifference(found: Answers, expected: Answers): string | undefined {
  return Object.keys(found).find((key) => found[key] !== expected[key]);
}
