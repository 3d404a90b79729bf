import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const maxBodyBytes = 1024 * 1024;
const loopback = "127.0.0.1";

/** Answers the parsed JSON body of one POST; bytes are sent as a timestamp, everything else as JSON. */
export type DemoHandler = (body: never) => object | Promise<object>;

/** One POST endpoint per path on loopback alone; whatever fails is a 400 with the reason. */
export async function serveDemo(handlers: Record<string, DemoHandler>, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    answer(handlers, request).then(
      (value) => send(response, 201, value),
      (error: Error) => send(response, 400, { message: error.message }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, loopback, resolve);
  });
  return server;
}

export function addressOf(server: Server): string {
  return `http://${loopback}:${(server.address() as AddressInfo).port}`;
}

async function answer(handlers: Record<string, DemoHandler>, request: IncomingMessage): Promise<object> {
  const handler = handlers[request.url ?? ""];
  if (request.method !== "POST" || !handler) throw new Error("not found");
  return handler(JSON.parse(await readBody(request)) as never);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error("too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, value: object): void {
  const stamp = Buffer.isBuffer(value);
  response.writeHead(status, { "content-type": stamp ? "application/timestamp-reply" : "application/json" });
  response.end(stamp ? value : JSON.stringify(value));
}
