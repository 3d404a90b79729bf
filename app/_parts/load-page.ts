import { forbidden, notFound, redirect } from "next/navigation";
import { isDomainError, type ProblemCode } from "#lib/core/errors.ts";
import { toPageError } from "#lib/http/refusal.ts";
import { signInPath } from "./next-path.ts";

/** What an address that names nothing is refused with, by whichever layer looked at it first. */
const namesNothing = new Set<ProblemCode>(["not-found", "invalid-input", "bad-request"]);

/**
 * Runs the verbs a page is made of and answers their refusals as a page does: to sign-in and back to `path`, 403, or
 * 404, which is the same for what is missing and what may not be seen. Everything else goes to the error page.
 * Call it before anything streams, or the status is lost.
 */
export async function loadPage<View>(path: string, load: () => Promise<View>): Promise<View> {
  try {
    return await load();
  } catch (error) {
    if (!isDomainError(error)) throw toPageError(error);
    if (error.code === "unauthenticated") redirect(signInPath(path));
    if (error.code === "forbidden") forbidden();
    if (namesNothing.has(error.code)) notFound();
    throw toPageError(error);
  }
}
