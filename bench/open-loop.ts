// Asks at a steady rate, whatever the answers do, as many independent clients would. A process of its own, so that
// nothing else delays it. Its first argument says what it asks, as JSON; it says how long each answer took.
import { Agent, request } from "node:http";

export type OpenLoopInput = {
  port: number;
  /** Value of the Host header. */
  host: string;
  paths: string[];
  perSecond: number;
  seconds: number;
};
/** Milliseconds from when a request was due, so that one that had to wait to be sent counts in full. */
export type OpenLoopResult = { latenciesMs: number[]; failed: number };

const { port, host, paths, perSecond, seconds } = JSON.parse(process.argv[2] ?? "") as OpenLoopInput;
const networks = 200;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const result: OpenLoopResult = { latenciesMs: [], failed: 0 };
const total = perSecond * seconds;
const startedAt = performance.now();
let sent = 0;

const timer = setInterval(() => {
  const due = Math.min(total, ((performance.now() - startedAt) / 1000) * perSecond);
  while (sent < due) ask(sent++);
}, 1);

function ask(at: number): void {
  const dueAt = startedAt + (at / perSecond) * 1000;
  // As the proxy tells it, from as many machines as there would be.
  const headers = { host, "x-forwarded-for": `10.2.${at % networks}.1` };
  const asked = request({ port, host: "127.0.0.1", path: paths[at % paths.length], agent, headers });
  asked.on("response", (response) => {
    response.resume().on("end", () => take(response.statusCode === 200, performance.now() - dueAt));
  });
  asked.on("error", () => take(false, performance.now() - dueAt)).end();
}

function take(good: boolean, latencyMs: number): void {
  if (good) result.latenciesMs.push(latencyMs);
  else result.failed++;
  if (result.latenciesMs.length + result.failed < total) return;
  clearInterval(timer);
  process.send?.(result, () => process.exit(0));
}
