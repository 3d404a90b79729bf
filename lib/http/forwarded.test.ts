import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createClientAddress } from "#lib/http/forwarded.ts";

function from(peer: string, forwarded?: string): IncomingMessage {
  return { socket: { remoteAddress: peer }, headers: { "x-forwarded-for": forwarded } } as unknown as IncomingMessage;
}

describe("the client's address", () => {
  it("is the peer's when nobody is trusted", () => {
    expect(createClientAddress([])(from("203.0.113.9", "6.6.6.6"))).toBe("203.0.113.9");
  });

  it("is the peer's when the peer is no proxy of ours", () => {
    expect(createClientAddress(["10.0.0.0/8"])(from("203.0.113.9", "6.6.6.6"))).toBe("203.0.113.9");
  });

  const clientAddress = createClientAddress(["10.0.0.0/8", "192.168.1.5", "fd00::/8"]);

  it.each([
    ["10.1.2.3", "203.0.113.9", "203.0.113.9"],
    ["::ffff:10.1.2.3", "203.0.113.9", "203.0.113.9"],
    ["192.168.1.5", "2001:db8::1", "2001:db8::1"],
    ["fd00::1", "203.0.113.9", "203.0.113.9"],
    ["10.1.2.3", "6.6.6.6, 203.0.113.9", "203.0.113.9"],
    ["10.1.2.3", "6.6.6.6, 203.0.113.9, 10.9.9.9", "203.0.113.9"],
    ["10.1.2.3", "203.0.113.9:50123", "203.0.113.9"],
    ["10.1.2.3", "[2001:db8::1]:50123", "2001:db8::1"],
    ["10.1.2.3", "[2001:db8::1]", "2001:db8::1"],
    ["10.1.2.3", "6.6.6.6:1, 203.0.113.9:2, 10.9.9.9:3", "203.0.113.9"],
    ["10.1.2.3", "203.0.113.9:port", "10.1.2.3"],
    ["10.1.2.3", "[2001:db8::1", "10.1.2.3"],
    ["10.1.2.3", "not an address", "10.1.2.3"],
    ["10.1.2.3", "203.0.113.9, not an address", "10.1.2.3"],
    ["10.1.2.3", "", "10.1.2.3"],
    ["10.1.2.3", "10.4.4.4", "10.1.2.3"],
    ["192.168.1.6", "203.0.113.9", "192.168.1.6"],
  ])("through %s saying %j is %s", (peer, forwarded, expected) => {
    expect(clientAddress(from(peer, forwarded))).toBe(expected);
  });
});
