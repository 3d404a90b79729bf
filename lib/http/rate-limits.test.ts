import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { ReadLimits } from "#lib/http/rate-limits.ts";

const address = { kind: "address" } as const;
const failed = { kind: "failed" } as const;
const token = (id: string) => ({ kind: "token", id }) as const;

const perMinute = 100;

function open(options: { perMinute?: number; tokenPerMinute?: number; trustedProxies?: string[] } = {}) {
  const clock = { now: 0 };
  const given = { perMinute, tokenPerMinute: 200, trustedProxies: [], ...options, clock: () => clock.now };
  return { limits: new ReadLimits(given), clock };
}

/** A request on a connection of its own. */
function from(peer: string, forwarded?: string): IncomingMessage {
  return { socket: { remoteAddress: peer }, headers: { "x-forwarded-for": forwarded } } as unknown as IncomingMessage;
}

function countAdmitted(limits: ReadLimits, ask: () => IncomingMessage, caller: Parameters<ReadLimits["take"]>[1]) {
  let admitted = 0;
  while (admitted < 10_000 && limits.take(ask(), caller).refusal === null) admitted++;
  return admitted;
}

it("what an answer cost is felt by the next request, of the same caller alone, and never beyond the quota", () => {
  const { limits } = open();
  limits.add(from("203.0.113.9"), address, 60);
  expect(countAdmitted(limits, () => from("203.0.113.9"), address)).toBe(40);
  limits.add(from("203.0.113.9"), token("t1"), 1_000);
  expect(limits.take(from("203.0.113.9"), token("t1")).refusal).not.toBeNull();
  expect(limits.take(from("203.0.113.8"), address).refusal).toBeNull();
  limits.add(from("127.0.0.1"), address, 1_000);
  expect(limits.take(from("127.0.0.1"), address).refusal).toBeNull();
});

describe("the headers", () => {
  it("say policy, what is left and for how long", () => {
    const { limits, clock } = open();
    const request = from("203.0.113.9");
    expect(limits.take(request, address)).toEqual({
      headers: ["ratelimit-policy", '"address";q=100;w=60', "ratelimit", '"address";r=99;t=60'],
      refusal: null,
    });
    clock.now = 12_345;
    expect(limits.take(request, token("t1")).headers).toEqual([
      "ratelimit-policy",
      '"token";q=200;w=60',
      "ratelimit",
      '"token";r=199;t=60',
    ]);
    expect(limits.take(request, address).headers[3]).toBe('"address";r=98;t=48');
  });

  it("and a refusal name the same moment", () => {
    const { limits, clock } = open();
    expect(countAdmitted(limits, () => from("203.0.113.9"), address)).toBe(perMinute);
    clock.now = 20_000;
    const { headers, refusal } = limits.take(from("203.0.113.9"), address);
    expect(headers[3]).toBe('"address";r=0;t=40');
    expect(refusal).toMatchObject({ code: "rate-limited", retryAfterSeconds: 40 });
    clock.now = 60_000;
    expect(limits.take(from("203.0.113.9"), address).refusal).toBeNull();
  });
});

describe("who shares a quota", () => {
  it.each([
    ["one address over several connections", ["203.0.113.9", "203.0.113.9"], true],
    ["two addresses", ["203.0.113.9", "203.0.113.10"], false],
    ["an IPv4 address however it is written", ["203.0.113.9", "::ffff:203.0.113.9"], true],
    ["addresses of one /64", ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2"], true],
    ["addresses of two /64", ["2001:db8:1:2::1", "2001:db8:1:3::1"], false],
  ])("%s", (_, peers, shared) => {
    const { limits } = open();
    let turn = 0;
    const ask = () => from(peers[turn++ % peers.length] ?? "");
    expect(countAdmitted(limits, ask, address)).toBe(shared ? perMinute : 2 * perMinute);
  });

  it("a valid token has its own, wherever it comes from, and neither holds the other back", () => {
    const { limits } = open();
    let turn = 0;
    expect(countAdmitted(limits, () => from(`198.51.100.${turn++ % 200}`), token("t1"))).toBe(200);
    expect(limits.take(from("198.51.100.1"), token("t2")).refusal).toBeNull();
    expect(countAdmitted(limits, () => from("198.51.100.1"), address)).toBe(perMinute);
    expect(limits.take(from("198.51.100.1"), token("t2")).refusal).toBeNull();
    expect(limits.take(from("198.51.100.1"), token("t1")).refusal).not.toBeNull();
  });

  it("wrong credentials count on the network and have less, without taking from the valid ones", () => {
    const { limits } = open();
    const ask = () => from("198.51.100.1");
    expect(countAdmitted(limits, ask, failed)).toBe(60);
    expect(limits.take(ask(), failed).headers[1]).toBe('"failed-credentials";q=60;w=60');
    expect(limits.take(ask(), token("t1")).refusal).toBeNull();
    // 60 admitted and the two refused above were requests of this network.
    expect(countAdmitted(limits, ask, address)).toBe(perMinute - 62);
    expect(limits.take(ask(), failed).headers[1]).toBe('"address";q=100;w=60');
  });
});

describe("whose address it is", () => {
  const trustedProxies = ["10.0.0.0/8", "127.0.0.1"];

  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.8.8"])("%s is not counted", (peer) => {
    const { limits } = open();
    expect(countAdmitted(limits, () => from(peer, "203.0.113.9"), address)).toBe(10_000);
    expect(limits.take(from(peer), address)).toEqual({ headers: [], refusal: null });
  });

  it("is what a configured proxy says, a loopback one too", () => {
    for (const peer of ["10.1.2.3", "127.0.0.1", "::ffff:127.0.0.1"]) {
      const { limits } = open({ trustedProxies });
      expect(countAdmitted(limits, () => from(peer, "203.0.113.9"), address)).toBe(perMinute);
      expect(limits.take(from(peer, "203.0.113.10"), address).refusal).toBeNull();
    }
  });

  it("differs from request to request on one connection of a proxy", () => {
    const { limits } = open({ trustedProxies });
    const { socket } = from("10.1.2.3");
    const ask = (forwarded: string) => ({ socket, headers: { "x-forwarded-for": forwarded } }) as never;
    expect(countAdmitted(limits, () => ask("203.0.113.9"), address)).toBe(perMinute);
    expect(limits.take(ask("203.0.113.10"), address).refusal).toBeNull();
    expect(limits.take(ask("203.0.113.9"), address).refusal).not.toBeNull();
  });

  it("is nothing anybody else says", () => {
    const { limits } = open({ trustedProxies });
    let turn = 0;
    expect(countAdmitted(limits, () => from("203.0.113.9", `198.51.100.${turn++ % 250}`), address)).toBe(perMinute);
    expect(limits.take(from("203.0.113.9", "127.0.0.1"), address).refusal).not.toBeNull();
  });

  it("is the proxy's own where it names none, and a forwarded loopback is counted like any other", () => {
    const { limits } = open({ trustedProxies: ["10.0.0.0/8"] });
    expect(countAdmitted(limits, () => from("10.1.2.3"), address)).toBe(perMinute);
    expect(countAdmitted(limits, () => from("10.1.2.3", "127.0.0.1"), address)).toBe(perMinute);
  });
});

it("0 is no limit", () => {
  const { limits } = open({ perMinute: 0, tokenPerMinute: 0 });
  for (const caller of [address, failed, token("t1")]) {
    expect(countAdmitted(limits, () => from("203.0.113.9"), caller)).toBe(10_000);
    expect(limits.take(from("203.0.113.9"), caller).headers).toEqual([]);
  }
});
