import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isLoopback } from "#lib/config/index.ts";
import { toNetwork } from "#lib/core/network.ts";

/** What one process gives to connections at most, and how long it waits for them. */
export type ConnectionLimits = {
  /** Connections of everyone. One more is closed at once. */
  maxConnections: number;
  /** Connections of one network, which is an IPv4 address or the /64 of an IPv6 one. */
  maxPerNetwork: number;
  /** Requests sent on one connection before the first of them is answered. */
  maxPipelined: number;
  /** For a request's line and headers, from when the connection is free. A silent connection ends then too. */
  headersMs: number;
  /** For a whole request, its body included. */
  requestMs: number;
  /** For a reader who takes nothing of an answer. */
  stalledMs: number;
  /** Between an answer and the next request. */
  keepAliveMs: number;
  /** How often the first two are looked at: they may be exceeded by as much. */
  checkEveryMs: number;
};

export const connectionLimits: ConnectionLimits = {
  maxConnections: 16_000,
  maxPerNetwork: 1_000,
  maxPipelined: 16,
  headersMs: 10_000,
  requestMs: 60_000,
  stalledMs: 120_000,
  keepAliveMs: 10_000,
  checkEveryMs: 5_000,
};

/** Of peers on this machine and of proxies there may be any number: they stand for many. */
export function limitConnections(
  server: Server,
  limits: Pick<ConnectionLimits, "maxConnections" | "maxPerNetwork">,
  isProxy: (peer: string) => boolean,
): void {
  const open = new Map<string, number>();
  server.maxConnections = limits.maxConnections;
  server.on("connection", (socket: Socket) => {
    const peer = socket.remoteAddress ?? "";
    if (isLoopback(peer) || isProxy(peer)) return;
    const network = toNetwork(peer.replace(/^::ffff:(?=\d+\.)/, ""));
    const count = open.get(network) ?? 0;
    if (count >= limits.maxPerNetwork) return void socket.destroy();
    open.set(network, count + 1);
    socket.once("close", () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
  });
}

/**
 * Counts requests whose answers have not been sent, by connection. Answers wait in memory for the ones before them, so
 * who sends request after request and reads nothing would fill it.
 */
export class PipelineLimit {
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** @returns whether the request may be answered; when not, its connection was closed. */
  admit({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const waiting = (socket as Counted)[waitingKey] ?? 0;
    if (waiting >= this.#max) {
      socket.destroy();
      return false;
    }
    (socket as Counted)[waitingKey] = waiting + 1;
    response.on("close", release);
    return true;
  }
}

const waitingKey = Symbol("countersign.waiting");
type Counted = Socket & { [waitingKey]?: number };

/** One function for all answers, so that a read costs no closure. */
function release(this: ServerResponse): void {
  const socket = this.req.socket as Counted;
  socket[waitingKey] = (socket[waitingKey] ?? 1) - 1;
}
