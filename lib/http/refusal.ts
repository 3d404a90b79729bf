import { DomainError, isDomainError } from "#lib/core/errors.ts";
import { isUnreachable } from "#lib/db/unreachable.ts";
import { notePageUnavailable } from "#lib/http/page-status.ts";

/** How far a request had come: it only reads, nothing of it was run, or what it writes may have been written. */
export type Progress = "reading" | "not-begun" | "begun";

const details: Record<Progress, string> = {
  reading: "The database does not answer. Try again in a moment.",
  "not-begun": "The database does not answer; nothing was saved. Try again in a moment.",
  begun: "The database stopped answering. Look whether this was saved before you try again.",
};

const retryAfterSeconds = 2;

/** Whatever was thrown as the caller should hear of it: `unavailable` for a database that does not answer, else as it was. */
export function toRefusal(error: unknown, progress: Progress): unknown {
  if (isDomainError(error) || !isUnreachable(error)) return error;
  return new DomainError("unavailable", details[progress], { cause: error, retryAfterSeconds });
}

/** By this `digest`, the one thing of an error that reaches a browser, the error page knows what to say. */
const pageDigest = "unavailable";

/** Whatever made a page fail, marked where something that the registry needs does not answer. */
export function toPageError(error: unknown): unknown {
  const refusal = toRefusal(error, "reading");
  if (isDomainError(refusal) && refusal.code === "unavailable") {
    Object.assign(refusal, { digest: pageDigest });
    notePageUnavailable();
  }
  return refusal;
}
