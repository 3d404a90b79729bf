import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type Asked = {
  urls: readonly string[];
  headers?: readonly string[];
  /** Makes each target one that was never asked for, by a parameter that servers ignore. */
  unique?: boolean;
  forMs: number;
};
export type Load = { requests: number; requestsPerSecond: number; p50Ms: number; p99Ms: number };

/** Tells the unique targets of one run from those of the run before. */
let run = 0;

const endOfHead = Buffer.from("\r\n\r\n");
/** Servers may end a connection that is idle for some seconds, just when it is used again. */
const idleMs = 2000;

/**
 * Closed-loop load on keep-alive connections, one request at a time on each, as fast as answers come. Written on bare
 * sockets so that it costs less than what it measures.
 */
export class LoadGenerator {
  readonly #host: string;
  readonly #port: number;
  readonly #connections: number;
  #sockets: Socket[] = [];
  #usedAt = 0;

  constructor(port: number, connections: number, host = "127.0.0.1") {
    this.#host = host;
    this.#port = port;
    this.#connections = connections;
  }

  /** On the connections of the run before, unless they were idle since. Fails on any answer other than 200 or 304. */
  async run({ urls, headers = [], unique, forMs }: Asked): Promise<Load> {
    await this.#open();
    run++;
    let next = 0;
    const requests = urls.map((url) => this.#toRequest(url, headers));
    const nextRequest = () => {
      const at = next++;
      const request = requests[at % requests.length] ?? "";
      return unique ? request.replace(" HTTP/1.1", `&unique=${run}-${at} HTTP/1.1`) : request;
    };
    const latencies: number[] = [];
    const startedAt = performance.now();
    const shared = { endAt: startedAt + forMs, latencies, nextRequest };
    await Promise.all(this.#sockets.map((socket) => drive(socket, shared)));
    this.#usedAt = performance.now();
    return toLoad(latencies, (this.#usedAt - startedAt) / 1000);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets = [];
  }

  async #open(): Promise<void> {
    if (this.#sockets.length > 0 && performance.now() - this.#usedAt < idleMs) return;
    this.close();
    const { host, port } = { host: this.#host, port: this.#port };
    this.#sockets = Array.from({ length: this.#connections }, () => connect({ port, host, noDelay: true }));
    await Promise.all(this.#sockets.map((socket) => once(socket, "connect")));
  }

  #toRequest(url: string, headers: readonly string[]): string {
    return [`GET ${url} HTTP/1.1`, `Host: ${this.#host}:${this.#port}`, ...headers, "", ""].join("\r\n");
  }
}

function toLoad(latencies: number[], seconds: number): Load {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  const requests = latencies.length;
  return { requests, requestsPerSecond: requests / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

type Shared = { endAt: number; latencies: number[]; nextRequest: () => string };

/** Asks on one connection until the time is over, and leaves it open. */
function drive(socket: Socket, { endAt, latencies, nextRequest }: Shared): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let bytesLeft = -1;
    const fail = (error?: unknown) => reject(error instanceof Error ? error : new Error("a connection was closed"));
    const read = (chunk: Buffer) => {
      try {
        bytesLeft = bytesLeft < 0 ? readHead(chunk) : bytesLeft - chunk.length;
      } catch (error) {
        return fail(error);
      }
      if (bytesLeft > 0) return;
      latencies.push(performance.now() - sentAt);
      ask();
    };
    const ask = () => {
      sentAt = performance.now();
      if (sentAt >= endAt) {
        socket.off("data", read).off("error", fail).off("close", fail);
        return resolve();
      }
      bytesLeft = -1;
      socket.write(nextRequest());
    };
    socket.on("data", read).on("error", fail).on("close", fail);
    ask();
  });
}

/** Bytes of the body still to come. Both servers send the whole head in their first segment. */
function readHead(chunk: Buffer): number {
  const end = chunk.indexOf(endOfHead);
  const head = chunk.toString("latin1", 0, end);
  if (end < 0 || !/^HTTP\/1\.1 (200|304) /.test(head)) throw new Error(`unexpected answer: ${head.slice(0, 200)}`);
  const length = head.startsWith("HTTP/1.1 304") ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1]);
  return length - (chunk.length - end - endOfHead.length);
}
