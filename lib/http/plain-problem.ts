import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { DomainError, type ProblemCode } from "#lib/core/errors.ts";
import { toProblem } from "#lib/core/problem.ts";
import { requestIdOf } from "#lib/http/traffic/exchange.ts";

/** Answers with a problem document on a bare Node response, and asks the client to close. Nothing when already begun. */
export function sendProblem(
  response: ServerResponse,
  registryId: string,
  code: ProblemCode,
  detail: string,
  headers: OutgoingHttpHeaders = {},
): void {
  if (response.headersSent) return void response.destroy();
  const requestId = requestIdOf(response);
  const problem = toProblem(new DomainError(code, detail), { registryId, requestId });
  const body = Buffer.from(JSON.stringify(problem));
  response.writeHead(problem.status, {
    "content-type": "application/problem+json",
    "content-length": body.length,
    "cache-control": "no-store",
    // The address may hold a channel's secret, and browsers make a link of what `type` says.
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
    connection: "close",
    ...(problem.status === 503 ? { "retry-after": "2" } : {}),
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
