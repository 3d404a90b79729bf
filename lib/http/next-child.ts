import { createServer, type ServerResponse } from "node:http";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import next from "next";
import { describePool } from "#lib/db/pool.ts";
import { answerPage } from "#lib/http/page-status.ts";
import { describeProcess, metrics } from "#lib/metrics/index.ts";

// The page process. Serves Next on the unix socket named by the first argument and ends with the process that began it.
const socketPath = process.argv[2];
if (!socketPath || !process.send) throw new Error("The page process is started by the server only.");

// See server.ts: a driver's announcement about itself is nothing for the operator's console.
process.noDeprecation = true;

// Where cores are few, readers come before pages and uploads: the server answers them in the process that began us.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // A sandbox that forbids it: then all are alike.
}

process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the server decides when we end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => process.exit(0));

type NextFactory = (options: { dev: false; dir: string; hostname: string; port: number }) => {
  prepare: () => Promise<void>;
  getRequestHandler: () => (request: unknown, response: unknown) => Promise<void>;
};

// The package's types describe a default export that Node's own loader gives as the module itself.
const createNext = next as unknown as NextFactory;
const dir = fileURLToPath(new URL("../..", import.meta.url));
const { hostname, port, protocol } = new URL(process.env.PUBLIC_URL ?? "http://localhost:3000");
const pages = createNext({ dev: false, dir, hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) });
await pages.prepare();
const handle = pages.getRequestHandler();

metrics().collect("process", describeProcess());
metrics().collect("database", describePool);

/** The front door lets no header of this name through, so only the server itself asks. */
async function answerMetrics(response: ServerResponse): Promise<void> {
  const body = JSON.stringify(await metrics().families());
  response.writeHead(200, { "content-type": "application/json" }).end(body);
}

const server = createServer((request, response) => {
  if (request.headers["x-countersign-metrics"] !== undefined) void answerMetrics(response);
  else answerPage(response, () => void handle(request, response));
});
// Our only client keeps its connections; closing idle ones here would race with its next request.
server.keepAliveTimeout = 0;
server.listen(socketPath, () => process.send?.("ready"));
