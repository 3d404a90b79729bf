import { beforeEach, describe, expect, it, vi } from "vitest";
import { LedgerFollower } from "#lib/resolver/follow/follower.ts";
import { LiveCatalogue } from "#lib/resolver/follow/live-catalogue.ts";
import { tokenRow, tokenText } from "#lib/resolver/testing/channels.ts";
import { LifecycleModel } from "#lib/resolver/testing/lifecycle-model.ts";
import { MemorySource, recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, now } from "#lib/resolver/testing/registry.ts";
import { Replica } from "#lib/resolver/testing/replica.ts";

// What readers see may have gone further than what takes its place, or to where the ledger never came.

const registry = makeRegistry();
const name = "io.acme/weather";
const enough = 1_000_000;

let model: LifecycleModel;
let replica: Replica;
/** After each read of the ledger, before what was read is there. */
let afterRead: (isLast: boolean) => Promise<void>;

beforeEach(async () => {
  model = new LifecycleModel(registry);
  model.approve(name, "1.0.0", enough);
  afterRead = async () => {};
  const { source } = model;
  const read = source.readLedger.bind(source);
  vi.spyOn(source, "readLedger").mockImplementation(async (from, limit) => {
    const entries = await read(from, limit);
    await afterRead(entries.every(({ seq }) => seq === from));
    return entries;
  });
  replica = new Replica(source, registry);
  await replica.catchUp(enough);
});

const isShown = () => replica.list({}).servers.length > 0;
const rotate = () => model.source.append(null, "registry-key.rotate");

/** Acts once what was loaded has come to the end, by a reading that does not know of it yet. */
function atTheEnd(act: () => void): boolean[] {
  const seen: boolean[] = [];
  let acted = false;
  afterRead = async (isLast) => {
    if (acted) return void seen.push(isShown());
    if (!isLast) return;
    acted = true;
    act();
    await replica.followBeside();
  };
  return seen;
}

describe("a version that is withdrawn from readers when what was loaded has just come to the end", () => {
  it("does not come back with it", async () => {
    rotate();
    const seen = atTheEnd(() => model.quarantine(name, "1.0.0"));
    await replica.catchUp(enough);
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set([...seen.slice(1), isShown()])).toEqual(new Set([false]));
  });

  it("by a revocation that the database then loses stays hidden", async () => {
    rotate();
    const backup = model.backUp();
    atTheEnd(() => model.revoke(name, "1.0.0"));
    const beside = replica.followBeside.bind(replica);
    vi.spyOn(replica, "followBeside").mockImplementation(async () => {
      await beside();
      expect(isShown()).toBe(false);
      model.restore(backup);
    });
    await replica.catchUp(enough);
    expect(replica.followBeside).toHaveBeenCalledOnce();
    expect(isShown()).toBe(false);
    expect(replica.list({ include_deleted: "true" }).servers).toMatchObject([
      { _meta: { "io.modelcontextprotocol.registry/official": { status: "deleted", statusMessage: "Revoked." } } },
    ]);
  });
});

describe("a token that is withdrawn after everything was loaded", () => {
  const token = tokenText("t");
  let source: MemorySource;
  let live: LiveCatalogue;
  beforeEach(async () => {
    source = new MemorySource();
    source.access.tokens = [tokenRow(token, source.access.channels.slice(0, 1))];
    const loadTrust = async () => registry;
    live = new LiveCatalogue({ source, loadTrust, clock: () => now, revocationFile: null, log: recordingLog() });
    live.show(await live.load());
  });
  const isAdmitted = () =>
    live.channels?.readers.findByToken(token, source.access.channels[0]?.id ?? "", now)?.admitted === true;

  it("is not given back by that", async () => {
    const loaded = await live.load();
    source.access.tokens = [];
    source.append(null, "token.revoke");
    expect(isAdmitted()).toBe(true);
    await live.withdraw();
    expect(isAdmitted()).toBe(false);
    live.show(loaded);
    expect(isAdmitted()).toBe(false);
  });

  it("is given back by what reaches further", async () => {
    const { tokens } = source.access;
    source.access.tokens = [];
    await live.withdraw();
    source.access.tokens = tokens;
    source.append(null, "token.create");
    live.show(await live.load());
    expect(isAdmitted()).toBe(true);
  });
});

it("what is shown is followed no further once nothing waits for that", async () => {
  const source = new MemorySource();
  const loadTrust = async () => registry;
  const log = recordingLog();
  const live = new LiveCatalogue({ source, loadTrust, clock: () => now, revocationFile: null, log });
  const reached: unknown[] = [];
  const follower = new LedgerFollower(source, live, log, {
    lookWhile: async (work, look) => {
      await look(AbortSignal.abort());
      reached.push(follower.position?.seq);
      return work();
    },
  });
  source.append(null, "session.start");
  await follower.catchUp();
  source.append(null, "registry-key.rotate");
  for (let count = 0; count < 3; count++) source.append(null, "session.end");
  await follower.catchUp();
  expect([reached, follower.position?.seq]).toEqual([[1n], 5n]);
});

it("tells of each entry once, when what it names is shown", async () => {
  const source = new MemorySource();
  const loadTrust = async () => registry;
  const log = recordingLog();
  const live = new LiveCatalogue({ source, loadTrust, clock: () => now, revocationFile: null, log });
  const told: number[] = [];
  let followBeside = async () => {};
  const follower = new LedgerFollower(source, live, log, {
    onFollowed: ({ seq }) => void told.push(Number(seq)),
    lookWhile: (work, look) => {
      followBeside = () => look(new AbortController().signal);
      return work();
    },
  });
  const load = source.loadSnapshot.bind(source);
  vi.spyOn(source, "loadSnapshot").mockImplementation(async (consume) => {
    const snapshot = await load(consume);
    source.append(null, "session.end");
    await followBeside();
    source.append(null, "session.end");
    return snapshot;
  });
  source.append(null, "session.start");
  await follower.catchUp();
  expect(told).toEqual([2, 3]);
  for (const action of ["version.publish", "registry-key.rotate", "version.revoke"]) source.append(name, action);
  await follower.catchUp();
  expect(told).toEqual([2, 3, 4, 5, 6, 7, 8]);
  source.append(name);
  await follower.catchUp();
  expect(told.slice(7)).toEqual([9]);
  source.cut(2).append(name);
  await follower.catchUp();
  expect([told.slice(8), live.loads]).toEqual([[9, 10], 3]);
});
