import { connect, type Socket } from "node:net";

export type LoadOptions = {
  port: number;
  host?: string;
  urls: readonly string[];
  headers?: readonly string[];
  /** Makes each target one that was never asked for, by a parameter that servers ignore. */
  unique?: boolean;
  connections: number;
  forMs: number;
};
export type Load = { requests: number; requestsPerSecond: number; p50Ms: number; p99Ms: number };

/** Tells the unique targets of this process from those of the run before. */
let run = 0;

const endOfHead = Buffer.from("\r\n\r\n");

/**
 * Closed-loop load on keep-alive connections, one request at a time on each, as fast as answers come. Written on bare
 * sockets so that it costs less than what it measures. Fails on any answer other than 200 or 304.
 */
export async function runLoad(options: LoadOptions): Promise<Load> {
  const latencies: number[] = [];
  run++;
  let next = 0;
  const requests = options.urls.map((url) => toRequest(url, options));
  const nextRequest = () => {
    const at = next++;
    const request = requests[at % requests.length] ?? "";
    return options.unique ? request.replace(" HTTP/1.1", `&unique=${run}-${at} HTTP/1.1`) : request;
  };
  const startedAt = performance.now();
  const endAt = startedAt + options.forMs;
  await Promise.all(
    Array.from({ length: options.connections }, () => drive(options, { endAt, latencies, nextRequest })),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  const answered = latencies.length;
  return { requests: answered, requestsPerSecond: answered / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function toRequest(url: string, { port, host = "127.0.0.1", headers = [] }: LoadOptions): string {
  return [`GET ${url} HTTP/1.1`, `Host: ${host}:${port}`, ...headers, "", ""].join("\r\n");
}

type Shared = { endAt: number; latencies: number[]; nextRequest: () => string };

function drive({ port, host = "127.0.0.1" }: LoadOptions, { endAt, latencies, nextRequest }: Shared): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host, noDelay: true });
    let sentAt = 0;
    let bytesLeft = -1;
    const ask = () => {
      if (performance.now() >= endAt) return void socket.end(resolve);
      sentAt = performance.now();
      bytesLeft = -1;
      socket.write(nextRequest());
    };
    socket.on("connect", ask);
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      bytesLeft = bytesLeft < 0 ? readHead(chunk) : bytesLeft - chunk.length;
      if (bytesLeft > 0) return;
      latencies.push(performance.now() - sentAt);
      ask();
    });
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
