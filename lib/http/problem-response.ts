import { isDomainError } from "#lib/core/errors.ts";
import { toProblem } from "#lib/core/problem.ts";
import { logError } from "#lib/http/error-log.ts";
import { getInstallation } from "#lib/http/installation.ts";
import { toRefusal } from "#lib/http/refusal.ts";

/** The response for whatever was thrown: RFC 9457 problem document with the headers that go with its status. */
export function toProblemResponse(thrown: unknown, at: { requestId: string; path: string }): Response {
  const error = toRefusal(thrown, "reading");
  logError(error, at);
  const problem = toProblem(error, { registryId: getInstallation().registryId, requestId: at.requestId });
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": at.requestId,
  });
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="countersign"');
  const wait = isDomainError(error) ? error.retryAfterSeconds : undefined;
  if (wait !== undefined) headers.set("retry-after", String(wait));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
