import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LookWhile } from "#lib/resolver/follow/look-while.ts";
import { Withdrawals } from "#lib/resolver/follow/withdrawals.ts";
import { bearer, inside, makeStage, rows, secrets, tokens } from "#lib/resolver/testing/channel-stage.ts";
import { tokenRow, tokenText } from "#lib/resolver/testing/channels.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";

// What is taken from those who read must not wait for a load that is going on, nor for many servers to be read.

const registry = makeRegistry();
const late = tokenText("l");
let source: MemorySource;
let plane: TestPlane;
/** Ends the wait of whatever is held. */
let release: () => void;

beforeEach(async () => {
  source = makeStage(registry);
  source.append(null, "session.start");
  plane = await listenPlane({ registry, source, withdrawMs: 5 });
});
afterEach(async () => {
  release();
  await plane.close();
});

/** Everything is read, but handed over only later. */
function hold(method: "loadSnapshot" | "loadServer") {
  const original = source[method].bind(source) as (...given: unknown[]) => Promise<unknown>;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  return vi.spyOn(source, method).mockImplementation((async (...given: unknown[]) => {
    const read = await original(...given);
    await held;
    return read;
  }) as never);
}

async function statusOf(address: string, options: object = {}): Promise<number> {
  return (await plane.ask(`/c/${address}/v0.1/servers`, options)).status;
}
const becomes = (status: number, address: string, options: object = {}) =>
  vi.waitFor(async () => expect(await statusOf(address, options)).toBe(status), { timeout: 5000, interval: 5 });

function withoutToken(token: string): void {
  const { sha256 } = tokenRow(token, []);
  source.access.tokens = source.access.tokens.filter((row) => row.sha256 !== sha256);
}

const takings: [string, string, () => void, string, object, number][] = [
  ["a token", "token.revoke", () => withoutToken(tokens.team), "team", bearer(tokens.team), 401],
  ["a leaver's token", "person.deactivate", () => withoutToken(tokens.team), "team", bearer(tokens.team), 401],
  [
    "a secret",
    "channel.secret.revoke",
    () => {
      source.access.secrets = source.access.secrets.filter(({ channelId }) => channelId !== rows.sealed.id);
    },
    `sealed/${secrets.sealed}`,
    {},
    404,
  ],
  [
    "a channel",
    "channel.disable",
    () => {
      source.access.channels = source.access.channels.map((row) => ({ ...row, disabled: row.slug === "open" }));
    },
    "open",
    {},
    404,
  ],
];

/** Takes something away, gives something else, and looks before and after what is held goes on. */
async function takeWhileHeld(at: (typeof takings)[number], waits: () => void): Promise<void> {
  const [, action, take, address, options, refused] = at;
  source.access.tokens.push(tokenRow(late, [rows.team]));
  source.append(null, "token.create");
  take();
  source.append(null, action);
  await becomes(refused, address, options);
  waits();
  expect(await statusOf("peers", bearer(tokens.peers))).toBe(200);
  expect(await statusOf("team", bearer(late))).toBe(401);
  release();
  await becomes(200, "team", bearer(late));
  expect(await statusOf(address, options)).toBe(refused);
}

describe.each(takings)("%s that is taken away", (...taking) => {
  const [, , , address, options] = taking;

  it("is felt while everything is loaded anew after a restore", async () => {
    await plane.start();
    expect(await statusOf(address, options)).toBe(200);
    const loads = hold("loadSnapshot");
    source.cut(1).append(null, "session.end");
    await vi.waitFor(() => expect(loads).toHaveBeenCalledOnce());
    await takeWhileHeld(taking, () => expect(plane.health().loads).toBe(1));
    await vi.waitFor(() => expect(plane.health().loads).toBe(2));
  });

  it("is felt while servers are read", async () => {
    await plane.start();
    expect(await statusOf(address, options)).toBe(200);
    const loads = hold("loadServer");
    source.append(inside);
    await vi.waitFor(() => expect(loads).toHaveBeenCalledOnce());
    await takeWhileHeld(taking, () => expect(plane.health().ledgerSeq).toBe(1n));
  });
});

describe("at the first start", () => {
  it("what is taken away while everything is loaded never opens anything", async () => {
    const loads = hold("loadSnapshot");
    const started = plane.start();
    await vi.waitFor(() => expect(loads).toHaveBeenCalledOnce());
    withoutToken(tokens.team);
    source.append(null, "token.revoke");
    const reads = vi.spyOn(source, "loadAccess").mockImplementation(async () => {
      expect(await statusOf("team", bearer(tokens.team))).toBe(503);
      return MemorySource.prototype.loadAccess.call(source);
    });
    release();
    await started;
    expect(reads).toHaveBeenCalledOnce();
    expect(await statusOf("team", bearer(tokens.team))).toBe(401);
    expect(await statusOf("peers", bearer(tokens.peers))).toBe(200);
  });

  it("nothing is looked for beside it, since there is nobody to take it from", async () => {
    const looking = vi.fn();
    const lookWhile: LookWhile = (work) => {
      looking();
      return work();
    };
    const withdrawals = new Withdrawals(source, { withdraw: vi.fn() }, lookWhile);
    expect(await withdrawals.during(null, async () => "done")).toBe("done");
    expect(looking).not.toHaveBeenCalled();
  });
});

it("nothing is looked for any more once everything is followed", async () => {
  await plane.start();
  const looks = vi.spyOn(source, "loadAccess");
  const loads = hold("loadSnapshot");
  source.cut(1).append(null, "session.end");
  await vi.waitFor(() => expect(looks).toHaveBeenCalled());
  expect(loads).toHaveBeenCalledOnce();
  release();
  await vi.waitFor(() => expect(plane.health().loads).toBe(2));
  const ledger = vi.spyOn(source, "readLedger");
  await vi.waitFor(() => expect(ledger.mock.calls.length).toBeGreaterThan(1));
  const before = looks.mock.calls.length;
  await vi.waitFor(() => expect(ledger.mock.calls.length).toBeGreaterThan(4));
  expect(looks.mock.calls.length).toBe(before);
});

it("a source that cannot be read meanwhile is asked again", async () => {
  await plane.start();
  const loads = hold("loadSnapshot");
  source.cut(1).append(null, "session.end");
  await vi.waitFor(() => expect(loads).toHaveBeenCalledOnce());
  const failing = vi.spyOn(source, "loadAccess").mockRejectedValueOnce(new Error("connection refused"));
  withoutToken(tokens.team);
  source.append(null, "token.revoke");
  await becomes(401, "team", bearer(tokens.team));
  expect(failing.mock.calls.length).toBeGreaterThan(1);
  expect(plane.events.map(({ event }) => event)).toEqual(["ledger-replaced"]);
});

it("what was withdrawn by a database that is then replaced is given back", async () => {
  await plane.start();
  const loads = hold("loadServer");
  source.append(inside);
  await vi.waitFor(() => expect(loads).toHaveBeenCalledOnce());
  const { tokens: before } = source.access;
  withoutToken(tokens.team);
  source.append(null, "token.revoke");
  await becomes(401, "team", bearer(tokens.team));
  source.cut(1).access.tokens = before;
  release();
  await becomes(200, "team", bearer(tokens.team));
  expect(plane.health()).toMatchObject({ ledgerSeq: 2n, loads: 1 });
});
