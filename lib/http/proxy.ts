import { Agent, type IncomingMessage, request as openRequest, type ServerResponse } from "node:http";
import { Transform } from "node:stream";
import { toNetwork } from "#lib/core/network.ts";
import { askAllowedMethods } from "#lib/http/allowed-methods.ts";
import { toInnerHeaders, toOuterHeaders } from "#lib/http/forwarded.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";
import { requestIdOf } from "#lib/http/traffic/exchange.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";

export type ProxyOptions = {
  /** Unix socket of the page process; null while it is down. */
  target: () => string | null;
  clientAddress: (request: IncomingMessage) => string;
  /** Whether a request comes from this machine itself, and through no proxy of ours. */
  isLocal: (request: IncomingMessage) => boolean;
  publicUrl: string;
  /** Larger request bodies are refused with 413. */
  maxBodyBytes: number;
};

const maxSockets = 1024;
/** Requests of one network at a time: who sends bodies slowly holds back themselves, not everybody else. */
const maxPerNetwork = 64;

const unavailable = "The page process is starting again. Try once more in a moment.";

/** Hands requests on to the page process and its answers back, streaming both ways. */
export function createProxy(options: ProxyOptions) {
  const agent = new Agent({ keepAlive: true, maxSockets, maxFreeSockets: 32 });
  const open = new Map<string, number>();
  const refused = rateLimitedRequests("concurrency");
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const refuse = (code: "unavailable" | "payload-too-large", detail: string) =>
      sendProblem(response, options.publicUrl, code, detail);
    const refuseMethod = (allow: string) =>
      sendProblem(response, options.publicUrl, "method-not-allowed", `Allowed: ${allow}.`, { allow });
    const tooMany = () => {
      refused.value++;
      sendProblem(response, options.publicUrl, "rate-limited", "Too many requests at once.", { "retry-after": "1" });
    };
    const tooLarge = () => refuse("payload-too-large", `Request bodies end at ${options.maxBodyBytes} bytes.`);
    const socketPath = options.target();
    if (socketPath === null) return refuse("unavailable", unavailable);
    if (Number(request.headers["content-length"] ?? 0) > options.maxBodyBytes) return tooLarge();

    const client = options.clientAddress(request);
    const leave = enter(open, toNetwork(client));
    if (!leave) return tooMany();
    response.on("close", leave);

    const { publicUrl } = options;
    const known = { client, local: options.isLocal(request), publicUrl, requestId: requestIdOf(response) };
    const headers = toInnerHeaders(request.headers, known);
    const inner = openRequest({ socketPath, agent, method: request.method, path: request.url, headers });
    const body = limitBody(options.maxBodyBytes);
    body.on("error", () => {
      tooLarge();
      inner.destroy();
    });
    inner.on("response", (answer) => {
      if (answer.statusCode !== 405) return relay(answer, response);
      answer.resume();
      const { host } = new URL(options.publicUrl);
      void askAllowedMethods({ socketPath, agent, path: request.url, host }).then((allow) => refuseMethod(allow));
    });
    inner.on("error", () => refuse("unavailable", unavailable));
    response.on("close", () => inner.destroy());
    request.pipe(body).pipe(inner);
  };
  return { handle, close: () => agent.destroy() };
}

/** Counts a request in. @returns what counts it out again; null when its network has as many as it may. */
function enter(open: Map<string, number>, network: string): (() => void) | null {
  const count = open.get(network) ?? 0;
  if (count >= maxPerNetwork) return null;
  open.set(network, count + 1);
  return () => {
    const left = (open.get(network) ?? 1) - 1;
    if (left > 0) open.set(network, left);
    else open.delete(network);
  };
}

function relay(answer: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) return void answer.destroy();
  const requestId = requestIdOf(response);
  response.writeHead(answer.statusCode ?? 502, { ...toOuterHeaders(answer.headers), "x-request-id": requestId });
  answer.on("error", () => response.destroy());
  answer.pipe(response);
}

function limitBody(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(new Error("body too large"));
      else done(null, chunk);
    },
  });
}
