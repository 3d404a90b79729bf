// The yardstick: Node's own HTTP server answering with bytes it was given, and doing nothing else.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { usage } from "./usage.ts";

type Given = { bodies: [url: string, body: Uint8Array][]; status: number };

let bodies = new Map<string, Uint8Array>();
let status = 200;
const server = createServer((request, response) => {
  const [url = ""] = (request.url ?? "").split("&unique=");
  const body = bodies.get(url) ?? new Uint8Array();
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
process.on("message", (given: Given | "usage") => {
  if (given === "usage") return process.send?.(usage());
  bodies = new Map(given.bodies);
  status = given.status;
  process.send?.({ ready: true });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
