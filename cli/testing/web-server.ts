import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Seen = { method: string; path: string; authorization: string | null; body: Buffer; contentType: string };
export type Reply = {
  status?: number;
  type?: string;
  body: string | Uint8Array | object;
  headers?: Record<string, string>;
  /** Answer only after this. */
  delayMs?: number;
};
export type Handler = (seen: Seen) => Reply | null;

export type WebServer = { address: string; seen: Seen[]; close: () => Promise<void> };

/** An HTTP server on loopback for one test; it remembers what it was asked. A null answer is 404. */
export async function startWebServer(handler: (address: string) => Handler): Promise<WebServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const entry = {
        method,
        path: url,
        authorization: headers.authorization ?? null,
        body,
        contentType: headers["content-type"] ?? "",
      };
      seen.push(entry);
      const reply = answer(entry) ?? problem(404, "not-found", "There is no such version.");
      const bytes = isBytes(reply.body) ? reply.body : JSON.stringify(reply.body);
      const type = reply.type ?? "application/json";
      const send = () => response.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers }).end(bytes);
      setTimeout(send, reply.delayMs ?? 0);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = handler(address);
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { address, seen, close };
}

/** A problem document as the registry answers it. */
export function problem(status: number, code: string, detail: string, more: object = {}): Reply {
  const body = { type: `x:/problems/${code}`, title: code, status, detail, code, requestId: "r-1", ...more };
  return { status, type: "application/problem+json", body };
}

function isBytes(body: Reply["body"]): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
