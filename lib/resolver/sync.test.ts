import fc from "fast-check";
import { expect, it } from "vitest";
import type { Selection } from "#lib/channels/selection.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { channelRow } from "#lib/resolver/testing/channels.ts";
import { LifecycleModel } from "#lib/resolver/testing/lifecycle-model.ts";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";
import { Replica, type WireEntry, type WirePage } from "#lib/resolver/testing/replica.ts";
import { scheduleRuns, scheduleTimeout } from "#lib/testing/trouble/runs.ts";
import { troubleSource } from "#lib/testing/trouble/troubled-source.ts";

// Whoever starts from 1970 and continues from the largest `updatedAt` of each whole walk ends equal to a full walk, of the
// whole catalogue and of every channel, whatever its selection and the servers' tags become meanwhile.

const registry = makeRegistry();
const names = ["com.other/aa", "io.acme/bb", "io.acme/cc"];
/** The whole catalogue first. */
const channels = [undefined, "default", "team", "late"];
const versions = ["1.0.0", "2.0.0", "3.0.0"];
const enough = 1_000_000;

const official = (entry: WireEntry) => entry._meta["io.modelcontextprotocol.registry/official"];
const keyOf = ({ server }: WireEntry) => `${server.name} ${server.version}`;

/** A client that keeps a copy, page by page, and asks again where it gets no answer. */
class Syncer {
  readonly copy = new Map<string, WireEntry>();
  #since = "1970-01-01T00:00:00Z";
  #newest = this.#since;
  #cursor: string | undefined;
  readonly #channel: string | undefined;

  constructor(channel?: string) {
    this.#channel = channel;
  }

  /** @returns whether a whole walk ended. */
  step(replica: Replica): boolean {
    const page = this.#ask(replica);
    if (!page) return false;
    for (const entry of page.servers) {
      this.copy.set(keyOf(entry), entry);
      const { updatedAt } = official(entry);
      if (Date.parse(updatedAt) > Date.parse(this.#newest)) this.#newest = updatedAt;
    }
    this.#cursor = page.metadata.nextCursor;
    if (this.#cursor === undefined) this.#since = this.#newest;
    return this.#cursor === undefined;
  }

  #ask(replica: Replica): WirePage | null {
    try {
      if (this.#cursor) return replica.list({ limit: "2", cursor: this.#cursor }, this.#channel);
      return replica.list({ limit: "2", updated_since: this.#since }, this.#channel);
    } catch (error) {
      if (isDomainError(error) && error.code === "unavailable") return null;
      throw error;
    }
  }
}

function fullWalk(replica: Replica, channel?: string): Map<string, WireEntry> {
  const all = new Map<string, WireEntry>();
  let cursor: string | undefined;
  do {
    const page = replica.list({ limit: "2", include_deleted: "true", ...(cursor ? { cursor } : {}) }, channel);
    for (const entry of page.servers) all.set(keyOf(entry), entry);
    cursor = page.metadata.nextCursor;
  } while (cursor);
  return all;
}

const name = fc.constantFrom(...names);
const version = fc.constantFrom(...versions);
const replica = fc.nat(1);
const tags = fc.subarray(["a", "b"]);
const clause = fc.constantFrom(
  ...[{ namespace: "*" }, { namespace: "io.acme" }, { server: "com.other/aa" }, { tag: "a" }],
  ...[{ tag: "b" }, { namespace: "io.acme", tag: "b" }],
);
const clauses = fc.uniqueArray(clause, { maxLength: 2 });
const selection: fc.Arbitrary<Selection> = fc.record({ include: clauses, exclude: clauses });
const edited = fc.constantFrom("default", "team", "late");
const jump = fc.integer({ min: -20, max: 40 });
const write = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant("approve" as const), name, version, fc.integer({ min: 1, max: 60 })) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("revoke" as const, "quarantine" as const), name, version) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("expire" as const)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("edit" as const), edited, selection) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("tag" as const), name, tags) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("clock" as const), jump) },
);
const page = fc.tuple(fc.constant("page" as const), replica, fc.nat(channels.length - 1));
/** Before the reads of a reader that loads everything anew, which goes on following what it shows. */
const meanwhile = fc.array(fc.oneof({ weight: 2, arbitrary: write }, { weight: 3, arbitrary: page }), { maxLength: 8 });
const step = fc.oneof(
  { weight: 14, arbitrary: write },
  { weight: 2, arbitrary: fc.tuple(fc.constant("reader clock" as const), replica, jump) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("follow" as const), replica, fc.integer({ min: 0, max: 3 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("rotate" as const), replica, meanwhile) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("restart" as const), replica) },
  { weight: 10, arbitrary: page },
);
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;
type Meanwhile = Write | (typeof page extends fc.Arbitrary<infer T> ? T : never);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class World {
  readonly model = new LifecycleModel(registry);
  readonly replicas = [0, 1].map((at) => this.#makeReplica(at));
  readonly syncers = channels.map((channel) => new Syncer(channel));
  #latestClock = this.model.clock;
  #meanwhile: Meanwhile[] = [];

  constructor() {
    const { access } = this.model.source;
    access.channels = [
      channelRow("default"),
      channelRow("team", { selection: { include: [{ tag: "a" }], exclude: [] } }),
    ];
  }

  syncer(at: number): Syncer {
    const found = this.syncers[at];
    if (!found) throw new RangeError("no such syncer");
    return found;
  }

  reader(at: number): Replica {
    const found = this.replicas[at];
    if (!found) throw new RangeError("no such reader");
    return found;
  }

  async run(taken: Step): Promise<void> {
    await this.#run(taken);
    this.#latestClock = Math.max(this.#latestClock, this.model.clock, ...this.replicas.map((each) => each.clock));
  }

  #makeReplica(at: number): Replica {
    const beforeRead = async () => {
      const taken = this.#meanwhile.shift();
      if (!taken) return;
      await this.#run(taken);
      await this.reader(at).followBeside();
    };
    return new Replica(troubleSource(this.model.source, beforeRead), registry);
  }

  async #run(taken: Step | Meanwhile): Promise<void> {
    switch (taken[0]) {
      case "approve":
        return this.model.approve(taken[1], taken[2], taken[3]);
      case "revoke":
        return this.model.revoke(taken[1], taken[2]);
      case "quarantine":
        return this.model.quarantine(taken[1], taken[2]);
      case "expire":
        return this.model.recordExpiries();
      case "clock":
        this.model.clock += taken[1];
        return;
      case "reader clock":
        this.reader(taken[1]).clock = this.model.clock + taken[2];
        return;
      case "follow":
        return this.reader(taken[1]).catchUp(taken[2]);
      case "rotate":
        this.model.source.append(null, "registry-key.rotate");
        this.#meanwhile = [...taken[2]];
        await this.reader(taken[1]).catchUp(enough);
        this.#meanwhile = [];
        return;
      case "restart":
        this.reader(taken[1]).restart();
        return this.reader(taken[1]).catchUp(0);
      case "edit":
        return this.model.editChannel(taken[1], taken[2]);
      case "tag":
        return this.model.tagServer(taken[1], taken[2]);
      case "page":
        this.syncer(taken[2]).step(this.reader(taken[1]));
    }
  }

  /** Clocks agree again, no earlier than any of them was; everything is on the record and read. */
  async settle(): Promise<void> {
    this.model.clock = this.#latestClock;
    this.model.recordExpiries();
    for (const each of this.replicas) {
      each.clock = this.model.clock;
      await each.catchUp(enough);
    }
  }
}

it(
  "a syncer ends equal to a full walk, whatever happened on the way",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
        const world = new World();
        for (const each of world.replicas) await each.catchUp(0);
        // One channel is younger than its readers.
        world.model.createChannel(
          channelRow("late", { selection: { include: [{ namespace: "io.acme" }], exclude: [] } }),
        );
        for (const each of world.replicas) await each.catchUp(1);
        for (const each of steps) await world.run(each);
        await world.settle();
        const last = world.reader(0);
        for (const [at, channel] of channels.entries()) {
          const syncer = world.syncer(at);
          // The walk under way, and one from its end.
          for (let walks = 0; walks < 2; ) if (syncer.step(last)) walks++;
          expect(Object.fromEntries(syncer.copy), channel).toEqual(Object.fromEntries(fullWalk(last, channel)));
          expect(fullWalk(world.reader(1), channel), channel).toEqual(fullWalk(last, channel));
        }
      }),
      scheduleRuns(500),
    );
  },
  scheduleTimeout(60_000),
);

it("a walk goes on with a reader further behind only once that has caught up", async () => {
  const world = new World();
  world.model.approve("io.acme/aa", "1.0.0", enough);
  for (const each of world.replicas) await each.catchUp(0);
  for (const each of versions) world.model.approve("io.acme/bb", each, enough);
  await world.reader(0).catchUp(enough);
  expect(world.syncer(0).step(world.reader(0))).toBe(false);
  const { nextCursor } = world.reader(0).list({ limit: "2", updated_since: "1970-01-01T00:00:00Z" }).metadata;
  expect(() => world.reader(1).list({ cursor: nextCursor ?? "" })).toThrow(
    expect.objectContaining({ code: "unavailable", retryAfterSeconds: 1 }),
  );
  await world.reader(1).catchUp(enough);
  expect(world.reader(1).list({ cursor: nextCursor ?? "" }).servers).toHaveLength(2);
});

it("a server that left and came back between two readings of a channel has moved", async () => {
  const world = new World();
  world.model.approve("io.acme/aa", "1.0.0", enough);
  for (const each of world.replicas) await each.catchUp(0);
  const since = world.reader(0).list({ updated_since: "1970-01-01T00:00:00Z" }, "default").servers.map(official)[0];
  const everything = { include: [{ namespace: "*" }], exclude: [] };
  world.model.editChannel("default", { include: [], exclude: [] });
  world.model.editChannel("default", everything);
  await world.reader(0).catchUp(enough);
  const changed = world.reader(0).list({ updated_since: since?.updatedAt ?? "" }, "default").servers;
  expect(changed.map(keyOf)).toEqual(["io.acme/aa 1.0.0"]);
});

it("how far a reader has everything stands still while a server cannot be read", async () => {
  const world = new World();
  world.model.approve("io.acme/aa", "1.0.0", enough);
  for (const each of world.replicas) await each.catchUp(0);
  const syncer = world.syncer(0);
  for (let ended = false; !ended; ) ended = syncer.step(world.reader(0));
  world.model.source.poisoned.add("io.acme/bb");
  world.model.approve("io.acme/bb", "1.0.0", enough);
  world.model.approve("io.acme/cc", "1.0.0", enough);
  await world.reader(0).catchUp(enough);
  for (let ended = false; !ended; ) ended = syncer.step(world.reader(0));
  world.model.source.poisoned.clear();
  await world.reader(0).catchUp(enough);
  for (let ended = false; !ended; ) ended = syncer.step(world.reader(0));
  expect([...syncer.copy.keys()]).toEqual(["io.acme/aa 1.0.0", "io.acme/bb 1.0.0", "io.acme/cc 1.0.0"]);
});
