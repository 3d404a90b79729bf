import type { ServerResponse } from "node:http";
import { isDomainError } from "#lib/core/errors.ts";
import { toProblem } from "#lib/core/problem.ts";
import { requestIdOf } from "#lib/http/traffic/exchange.ts";
import { ChallengeError } from "#lib/resolver/http/challenge.ts";
import type { Policy } from "#lib/resolver/http/policy.ts";
import { problemTypeHeader, type Reply } from "#lib/resolver/http/reply.ts";
import type { Log } from "#lib/resolver/source.ts";

/**
 * The problem document for whatever was thrown. Neither it nor the log repeats the request's address. That the service
 * is unavailable is said once per request, in the request log, and not here.
 */
export function toProblemReply(
  error: unknown,
  response: ServerResponse,
  { registryId, log, policy }: { registryId: string; log: Log; policy: Policy },
): Reply {
  const problem = toProblem(error, { registryId, requestId: requestIdOf(response) });
  const note = isDomainError(error) ? error.log : "unexpected failure";
  if (problem.status >= 500 && note !== undefined) {
    log.error({ event: "read-failed", requestId: problem.requestId, err: error }, note);
  }
  return {
    status: problem.status,
    body: Buffer.from(JSON.stringify(problem)),
    contentType: problemTypeHeader,
    cacheControl: "no-store",
    headers: problemHeaders(response.req.method, error),
    ...(policy.vary ? { vary: policy.vary } : {}),
  };
}

function problemHeaders(method: string | undefined, error: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  // The rest of a body nobody reads must not be taken for the next request.
  if (method === "POST") headers.connection = "close";
  if (!isDomainError(error)) return headers;
  if (error.code === "method-not-allowed") headers.allow = String(error.extensions.allow);
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  if (error instanceof ChallengeError) headers["www-authenticate"] = error.challenge;
  return headers;
}
