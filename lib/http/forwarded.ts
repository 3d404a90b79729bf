import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import ipaddr from "ipaddr.js";

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Meaningful for one connection only, or able to change how the page process treats a request. */
const droppedHeaders = [
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"],
  ...["transfer-encoding", "upgrade", "expect", "forwarded", "x-real-ip", "x-nonce", "x-matched-path", "x-request-id"],
];
const droppedPrefixes = ["x-forwarded-", "x-middleware-", "x-invoke-", "x-countersign-"];

/** For the page process: the peer is on this machine, and no proxy of ours. The front door lets none of this name in. */
export const localHeader = "x-countersign-local";

/** Whether an address is a proxy of ours. @param trusted addresses and CIDR ranges, already validated. */
export function createProxyCheck(trusted: string[]): (address: string) => boolean {
  const ranges = trusted.map(toRange);
  return (address) => ipaddr.isValid(address) && ranges.some((range) => isWithin(address, range));
}

/** Whose forwarded headers count. @param trusted addresses and CIDR ranges, already validated. */
export function createClientAddress(trusted: string[]): (request: IncomingMessage) => string {
  const isTrusted = createProxyCheck(trusted);
  return (request) => {
    const peer = request.socket.remoteAddress ?? "";
    if (!isTrusted(peer)) return normalise(peer);
    const hops = String(request.headers["x-forwarded-for"] ?? "")
      .split(",")
      .map((hop) => withoutPort(hop.trim()));
    // From the right: each proxy appends the address it saw, so the first one that is no proxy of ours is the client.
    const client = hops.reverse().find((hop) => !isTrusted(hop));
    return client && ipaddr.isValid(client) ? normalise(client) : normalise(peer);
  };
}

/** Some proxies write the port of the client too, and IPv6 addresses in brackets (RFC 7239 section 6 has both). */
function withoutPort(hop: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/.exec(hop) ?? [];
  return bracketed ?? dotted ?? hop;
}

function toRange(text: string): Range {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function isWithin(address: string, [network, bits]: Range): boolean {
  const parsed = ipaddr.process(address);
  return parsed.kind() === network.kind() && parsed.match(network, bits);
}

function normalise(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : "unknown";
}

/** What we know of a request ourselves. */
export type KnownFacts = {
  client: string;
  /** Whether the peer is on this machine, and no proxy of ours. */
  local: boolean;
  publicUrl: string;
  requestId: string;
};

/**
 * Request headers for the page process: everything forwarded is replaced by what we know ourselves. A body without a
 * length stays chunked: Node sends that of a GET or DELETE without any frame unless told, and the page process would
 * read it as another request, past everything the front door checks.
 */
export function toInnerHeaders(headers: IncomingHttpHeaders, known: KnownFacts): OutgoingHttpHeaders {
  const { client, local, publicUrl, requestId } = known;
  const { host, protocol } = new URL(publicUrl);
  const kept = Object.entries(headers).filter(([name]) => isKept(name));
  return {
    ...Object.fromEntries(kept),
    host,
    "x-forwarded-for": client,
    "x-forwarded-host": host,
    "x-forwarded-proto": protocol.slice(0, -1),
    "x-countersign-request-id": requestId,
    ...(local ? { [localHeader]: "1" } : {}),
    ...(headers["transfer-encoding"] === undefined ? {} : { "transfer-encoding": "chunked" }),
  };
}

/** Response headers for the client, without those that belong to the inner connection. */
export function toOuterHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const inner = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "trailer"]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !inner.has(name)));
}

function isKept(name: string): boolean {
  return !droppedHeaders.includes(name) && !droppedPrefixes.some((prefix) => name.startsWith(prefix));
}
