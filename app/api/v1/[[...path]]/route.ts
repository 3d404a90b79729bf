import { randomUUID } from "node:crypto";
import { DomainError } from "#lib/core/errors.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";

/** Every other address below `/api/v1`: a problem document instead of the page for people. Reads nothing of the request. */
async function answer(request: Request): Promise<Response> {
  const error = new DomainError("not-found", "There is no such endpoint.");
  return toProblemResponse(error, { requestId: randomUUID(), path: new URL(request.url).pathname });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
