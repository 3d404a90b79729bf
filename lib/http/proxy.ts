import { Agent, type IncomingMessage, request as openRequest, type ServerResponse } from "node:http";
import { Transform } from "node:stream";
import { askAllowedMethods } from "#lib/http/allowed-methods.ts";
import { toInnerHeaders, toOuterHeaders } from "#lib/http/forwarded.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";

export type ProxyOptions = {
  /** Unix socket of the page process; null while it is down. */
  target: () => string | null;
  clientAddress: (request: IncomingMessage) => string;
  publicUrl: string;
  /** Larger request bodies are refused with 413. */
  maxBodyBytes: number;
};

const unavailable = "The page process is starting again. Try once more in a moment.";

/** Hands requests on to the page process and its answers back, streaming both ways. */
export function createProxy(options: ProxyOptions) {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 32 });
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const refuse = (code: "unavailable" | "payload-too-large", detail: string) =>
      sendProblem(response, options.publicUrl, code, detail);
    const refuseMethod = (allow: string) =>
      sendProblem(response, options.publicUrl, "method-not-allowed", `Allowed: ${allow}.`, { allow });
    const tooLarge = () => refuse("payload-too-large", `Request bodies end at ${options.maxBodyBytes} bytes.`);
    const socketPath = options.target();
    if (socketPath === null) return refuse("unavailable", unavailable);
    if (Number(request.headers["content-length"] ?? 0) > options.maxBodyBytes) return tooLarge();

    const headers = toInnerHeaders(request.headers, options.clientAddress(request), options.publicUrl);
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

function relay(answer: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) return void answer.destroy();
  response.writeHead(answer.statusCode ?? 502, toOuterHeaders(answer.headers));
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
