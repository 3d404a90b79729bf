import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isDomainError } from "#lib/core/errors.ts";
import { toProblem } from "#lib/core/problem.ts";
import { ChallengeError } from "#lib/resolver/http/challenge.ts";
import type { Policy } from "#lib/resolver/http/policy.ts";
import { problemTypeHeader, type Reply } from "#lib/resolver/http/reply.ts";
import type { Log } from "#lib/resolver/source.ts";

/** The problem document for whatever was thrown. Neither it nor the log repeats the request's address. */
export function toProblemReply(
  error: unknown,
  request: IncomingMessage,
  { registryId, log, policy }: { registryId: string; log: Log; policy: Policy },
): Reply {
  const problem = toProblem(error, { registryId, requestId: randomUUID() });
  if (problem.status >= 500) {
    const message = isDomainError(error) ? (error.log ?? error.detail) : "unexpected failure";
    log.error({ event: "read-failed", requestId: problem.requestId, err: error }, message);
  }
  return {
    status: problem.status,
    body: Buffer.from(JSON.stringify(problem)),
    contentType: problemTypeHeader,
    cacheControl: "no-store",
    headers: problemHeaders(request, error),
    ...(policy.vary ? { vary: policy.vary } : {}),
  };
}

function problemHeaders(request: IncomingMessage, error: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  // The rest of a body nobody reads must not be taken for the next request.
  if (request.method === "POST") headers.connection = "close";
  if (!isDomainError(error)) return headers;
  if (error.code === "method-not-allowed") headers.allow = String(error.extensions.allow);
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  if (error instanceof ChallengeError) headers["www-authenticate"] = error.challenge;
  return headers;
}
