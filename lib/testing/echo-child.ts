import { createServer } from "node:http";
import { text } from "node:stream/consumers";

// Stands in for the page process: answers every request with what it was given.
process.on("disconnect", () => process.exit(0));
const server = createServer(async (request, response) => {
  if (request.url === "/hang") return;
  if (request.url === "/cut")
    return void response.writeHead(200, { "content-length": 10 }).write("half", () => request.socket.destroy());
  if (request.url === "/read-only" && request.method !== "GET") {
    return void response.writeHead(request.method === "OPTIONS" ? 204 : 405, toAllow(request.method)).end();
  }
  const { method, url, headers } = request;
  // Whoever leaves in the middle of a body gets no answer; this process goes on.
  const received = await text(request).catch(() => null);
  const body = JSON.stringify({ pid: process.pid, method, url, headers, body: received });
  response.writeHead(200, { "content-type": "application/json", "x-answered-by": "child" }).end(body);
});
server.keepAliveTimeout = 0;
server.listen(process.argv[2], () => process.send?.("ready"));

/** As the framework does: only OPTIONS says what is possible. */
function toAllow(method: string | undefined) {
  return method === "OPTIONS" ? { allow: "GET, HEAD, OPTIONS" } : {};
}
