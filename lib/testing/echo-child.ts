import { createServer } from "node:http";
import { text } from "node:stream/consumers";

// Stands in for the page process: answers every request with what it was given.
process.on("disconnect", () => process.exit(0));
const server = createServer(async (request, response) => {
  if (request.url === "/hang") return;
  if (request.url === "/cut")
    return void response.writeHead(200, { "content-length": 10 }).write("half", () => request.socket.destroy());
  const { method, url, headers } = request;
  const body = JSON.stringify({ pid: process.pid, method, url, headers, body: await text(request) });
  response.writeHead(200, { "content-type": "application/json", "x-answered-by": "child" }).end(body);
});
server.keepAliveTimeout = 0;
server.listen(process.argv[2], () => process.send?.("ready"));
