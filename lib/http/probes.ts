import type { IncomingMessage, ServerResponse } from "node:http";
import { sendProblem } from "#lib/http/plain-problem.ts";

/** Whether the process lives: it answers, whatever the state of what it depends on. */
export const livePath = "/livez";
/** Whether requests should be sent to this process. */
export const readyPath = "/readyz";

/** Whether a path is a probe's. Probes answer under any Host, since whoever probes may know only an address. */
export function isProbePath(path: string): boolean {
  return path === livePath || path === readyPath;
}

/**
 * Answers the probes with JSON: live is always 200; ready is 200, or 503 with what is missing.
 * @param missing what keeps the process from being ready, in fixed words; empty when it is.
 */
export function createProbes(publicUrl: string, missing: () => readonly string[]) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const allow = "GET, HEAD";
    if (!allow.split(", ").includes(request.method ?? "")) {
      return sendProblem(response, publicUrl, "method-not-allowed", `Allowed: ${allow}.`, { allow });
    }
    const path = request.url?.split("?", 1)[0];
    if (path === livePath) return answer(response, 200, { status: "live" });
    const waitingFor = missing();
    if (waitingFor.length === 0) return answer(response, 200, { status: "ready" });
    answer(response, 503, { status: "not-ready", waitingFor });
  };
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    "cache-control": "no-store",
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
