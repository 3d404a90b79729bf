import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDomainError } from "#lib/core/errors.ts";
import { closeDb } from "#lib/db/client.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import type { KeySet } from "#lib/signing/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { DatabaseReader } from "#lib/testing/trouble/database-reader.ts";
import { readers, type Step } from "#lib/testing/trouble/database-steps.ts";
import { channel, DatabaseVerbs, type Verb } from "#lib/testing/trouble/database-verbs.ts";
import { askEverything } from "#lib/testing/trouble/every-answer.ts";
import { type Acknowledged, LedgerWatch } from "#lib/testing/trouble/ledger-watch.ts";
import { LiveDatabase } from "#lib/testing/trouble/live-database.ts";

const settleMs = 10_000;

/** Channels a schedule compares. */
const bases = ["/v0.1", `/c/${channel}/v0.1`];

/**
 * The product on a real Postgres, with readers: people use its verbs at the same time while connections end, the
 * database goes away or is replaced by an older one, readers are killed, and clocks jump.
 */
export class DatabaseWorld {
  readonly #registry: TestRegistry;
  readonly #verbs: DatabaseVerbs;
  readonly #database: LiveDatabase;
  readonly #keySet: KeySet;
  #readers: DatabaseReader[] = [];
  #ledger = new LedgerWatch();
  #latestClock = 0;
  #folder = "";

  constructor(registry: TestRegistry, database: LiveDatabase, keySet: KeySet) {
    this.#registry = registry;
    this.#verbs = new DatabaseVerbs(registry);
    this.#database = database;
    this.#keySet = keySet;
  }

  static async open(): Promise<DatabaseWorld> {
    const registry = await createTestRegistry();
    await new DatabaseVerbs(registry).stock();
    await closeDb();
    const database = await new LiveDatabase(registry.database).open();
    return new DatabaseWorld(registry, database, await readKeySet(registry.keyDir, testRegistryId));
  }

  async close(): Promise<void> {
    await this.#database.close();
    await this.#registry.close();
  }

  /** Goes through a schedule from the same beginning each time, and lets the dust settle. */
  async run(steps: readonly Step[]): Promise<void> {
    this.#folder = mkdtempSync(path.join(tmpdir(), "cs-trouble-"));
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
    await this.#database.renew();
    this.#ledger = new LedgerWatch();
    await this.#ledger.begin();
    this.#latestClock = this.#registry.clock.now().getTime();
    this.#readers = Array.from({ length: readers }, (_, at) => this.#makeReader(at));
    await Promise.all(this.#readers.map((reader) => reader.start()));
  }

  #makeReader(at: number): DatabaseReader {
    return new DatabaseReader({
      url: this.#database.appUrl,
      registry: { registryId: testRegistryId, keySet: this.#keySet },
      revocationsFile: path.join(this.#folder, `revocations-${at}`),
      clock: () => this.#registry.clock.now().getTime(),
    });
  }

  async #step(step: Step): Promise<void> {
    switch (step[0]) {
      case "write":
        await this.#write(step[1], step[2]);
        break;
      case "clock":
        this.#registry.clock.advance(step[1]);
        this.#latestClock = Math.max(this.#latestClock, this.#registry.clock.now().getTime());
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
        await this.#database.cut("countersign resolver");
        break;
      case "back up":
        await this.#database.backUp();
        break;
      case "restore":
        await this.#database.restore();
        await this.#ledger.begin();
        break;
      case "outage":
        await this.#database.goAway();
        await sleep(30);
        await this.#database.comeBack();
        break;
      case "wait":
        await sleep(step[1]);
    }
    for (const reader of this.#readers) await reader.assertNothingRevokedIsBack();
  }

  /** All at the same time. Only those whose connections are cut may fail otherwise than by a refusal. */
  async #write(verbs: readonly Verb[], cut: "countersign resolver" | "writers" | null): Promise<void> {
    const running = Promise.allSettled(verbs.map((verb) => this.#verbs.perform(verb)));
    if (cut) await sleep(5).then(() => this.#database.cut(cut));
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
    this.#registry.clock.advance(this.#latestClock - this.#registry.clock.now().getTime());
    await this.#verbs.perform(["expire"]);
    for (const reader of this.#readers) {
      reader.mend();
      await reader.start();
    }
    for (const reader of this.#readers) await this.#assertEqualsFreshLoad(reader);
  }

  /** @throws Error naming the first answer that stays another than that of a reader which has just loaded everything. */
  async #assertEqualsFreshLoad(reader: DatabaseReader): Promise<void> {
    const { plane } = reader;
    if (!plane) throw new Error("a reader did not start");
    const fresh = await reader.open(false);
    try {
      await fresh.plane.start();
      const expected = await askEverything(fresh.plane, bases);
      const deadline = performance.now() + settleMs;
      for (;;) {
        const found = await askEverything(plane, bases);
        const differing = Object.keys(expected).find((key) => expected[key] !== found[key]);
        if (differing === undefined) break;
        if (performance.now() > deadline) {
          throw new Error(`${differing}\nfresh: ${expected[differing]}\nreader: ${found[differing]}`);
        }
        await sleep(20);
      }
      await reader.assertNothingRevokedIsBack();
    } finally {
      await fresh.plane.close();
      await fresh.source.close();
    }
  }

  async #assertChains(): Promise<void> {
    const [ledger] = await verifyChains({ keySet: this.#keySet, registryId: testRegistryId });
    if (!ledger?.intact) throw new Error(`the ledger is broken: ${JSON.stringify(ledger?.broken)}`);
  }

  #reader(at: number): DatabaseReader {
    const found = this.#readers[at];
    if (!found) throw new RangeError("no such reader");
    return found;
  }
}
