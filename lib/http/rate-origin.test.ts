import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { OriginMemory } from "#lib/http/rate-origin.ts";

const from = (remoteAddress: string, forwarded?: string, socket = { remoteAddress }) =>
  ({ socket, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

it("tells clients of one proxy apart, and two proxies that name none", () => {
  const origins = new OriginMemory(["10.0.0.0/8"]);
  const socket = { remoteAddress: "10.0.0.1" };
  const asked = ["203.0.113.9", "203.0.113.10", "203.0.113.9", "2001:db8:1:2:3::4", undefined, "not an address"];
  expect(asked.map((said) => origins.find(from("10.0.0.1", said, socket)))).toEqual([
    "203.0.113.9",
    "203.0.113.10",
    "203.0.113.9",
    "2001:db8:1:2::/64",
    "10.0.0.1",
    "10.0.0.1",
  ]);
  expect(origins.find(from("10.0.0.2"))).toBe("10.0.0.2");
});

it("goes on telling apart more than it remembers, and what is too long to be remembered", () => {
  const origins = new OriginMemory(["10.0.0.1"]);
  const address = (at: number) => `203.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;
  for (let at = 0; at < 25_000; at++) expect(origins.find(from("10.0.0.1", address(at)))).toBe(address(at));
  const long = `${"6.6.6.6, ".repeat(100)}203.0.113.9`;
  for (let i = 0; i < 2; i++) expect(origins.find(from("10.0.0.1", long))).toBe("203.0.113.9");
});

it("reads nothing forwarded by anybody else, on a connection it knows or not", () => {
  const origins = new OriginMemory(["10.0.0.1"]);
  const socket = { remoteAddress: "203.0.113.9" };
  for (const said of [undefined, "6.6.6.6", "127.0.0.1"]) {
    expect(origins.find(from("203.0.113.9", said, socket))).toBe("203.0.113.9");
    expect(origins.find(from("127.0.0.1", said))).toBeNull();
  }
});
