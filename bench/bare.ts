// The yardstick: Node's own HTTP server answering with the heads and bodies it was given, and doing nothing else.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { usage } from "./usage.ts";

/** An answer to give: header names and values in turn. */
export type Given = { status: number; headers: string[]; body: Uint8Array };

let answers = new Map<string, Given>();
const unknown: Given = { status: 404, headers: [], body: new Uint8Array() };
const server = createServer((request, response) => {
  const [url = ""] = (request.url ?? "").split("&unique=");
  const { status, headers, body } = answers.get(url) ?? unknown;
  response.writeHead(status, headers);
  response.end(body);
});
process.on("message", (given: [url: string, answer: Given][] | "usage") => {
  if (given === "usage") return process.send?.(usage());
  answers = new Map(given);
  process.send?.({ ready: true });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
