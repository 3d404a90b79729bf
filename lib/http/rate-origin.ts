import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { isLoopback } from "#lib/config/index.ts";
import { toNetwork } from "#lib/core/network.ts";
import { createClientAddress, createProxyCheck } from "#lib/http/forwarded.ts";

const viaProxy = Symbol("via a proxy");
/**
 * Whether a request comes from this machine itself: nobody counts those. A proxy of ours stands for others wherever it
 * runs. @param trustedProxies addresses and CIDR ranges whose forwarded headers count.
 */
export function createLocalCheck(trustedProxies: string[]): (request: Pick<IncomingMessage, "socket">) => boolean {
  const isProxy = createProxyCheck(trustedProxies);
  return ({ socket: { remoteAddress = "" } }) => isLoopback(remoteAddress) && !isProxy(remoteAddress);
}

const maxForwarded = 10_000;
const maxForwardedChars = 64;

/** Finds the network a request counts against, without working the same out again for each request. */
export class OriginMemory {
  readonly #isProxy: (peer: string) => boolean;
  readonly #isLocal: ReturnType<typeof createLocalCheck>;
  readonly #clientAddress: (request: IncomingMessage) => string;
  /** By connection: the peer of one never changes. */
  readonly #peers = new WeakMap<Socket, string | null | typeof viaProxy>();
  /** What proxies forwarded lately. */
  readonly #forwarded = new Map<string, string>();

  /** @param trustedProxies addresses and CIDR ranges whose forwarded headers count. */
  constructor(trustedProxies: string[]) {
    this.#isProxy = createProxyCheck(trustedProxies);
    this.#isLocal = createLocalCheck(trustedProxies);
    this.#clientAddress = createClientAddress(trustedProxies);
  }

  /** @returns null for peers on this machine that are no proxy of ours. */
  find(request: IncomingMessage): string | null {
    const known = this.#peers.get(request.socket);
    const found = known === undefined ? this.#meet(request) : known;
    return found === viaProxy ? this.#findForwarded(request) : found;
  }

  #meet(request: IncomingMessage): string | null | typeof viaProxy {
    const network = this.#isLocal(request) ? null : toNetwork(this.#clientAddress(request));
    const met = this.#isProxy(request.socket.remoteAddress ?? "") ? viaProxy : network;
    this.#peers.set(request.socket, met);
    return met;
  }

  /** One that names no client falls back to its own address, so what it said is told apart by who said it. */
  #findForwarded(request: IncomingMessage): string {
    const said = `${request.socket.remoteAddress} ${request.headers["x-forwarded-for"] ?? ""}`;
    const known = this.#forwarded.get(said);
    if (known !== undefined) return known;
    const network = toNetwork(this.#clientAddress(request));
    if (this.#forwarded.size >= maxForwarded) this.#forwarded.clear();
    if (said.length <= maxForwardedChars) this.#forwarded.set(said, network);
    return network;
  }
}
