import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request as openRequest, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Balancer = {
  port: number;
  /** How many requests each backend port was given. */
  given: Map<number, number>;
  close: () => void;
};

type Backend = { port: number; agent: Agent; ready: boolean };

const everyMs = 100;

/**
 * A proxy of the plainest kind: asks every backend for its readiness, shares requests out among those that are ready
 * over kept connections, and never tries a request twice. What goes wrong is answered 502.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const backends = ports.map((port) => ({ port, agent: new Agent({ keepAlive: true }), ready: false }));
  const given = new Map<number, number>();
  let turn = 0;
  const server = createServer((request, response) => {
    const ready = backends.filter((backend) => backend.ready);
    const backend = ready[turn++ % ready.length];
    if (!backend) return void response.writeHead(502).end("nobody is ready");
    given.set(backend.port, (given.get(backend.port) ?? 0) + 1);
    forward(backend, request, response);
  });
  const timer = setInterval(() => void Promise.all(backends.map(probe)), everyMs);
  await Promise.all(backends.map(probe));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    clearInterval(timer);
    server.closeAllConnections();
    server.close();
    for (const { agent } of backends) agent.destroy();
  };
  return { port: (server.address() as AddressInfo).port, given, close };
}

function forward({ port, agent }: Backend, request: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = request;
  const inner = openRequest({ port, agent, method, path, headers: { ...headers, connection: "keep-alive" } });
  inner.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, { "content-type": answer.headers["content-type"] ?? "" });
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  inner.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end(String(error));
  });
  request.pipe(inner);
}

async function probe(backend: Backend): Promise<void> {
  backend.ready = await new Promise((resolve) => {
    const asked = openRequest({ port: backend.port, path: "/readyz", timeout: 1_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("error", () => resolve(false)).end();
  });
}
