import type { ActionState, ServerAction } from "./action-state.ts";

/** Calls a server action; when the registry cannot be reached, that is a refusal too, not a broken page. */
export async function callAction<View>(action: ServerAction<View>, input: unknown): Promise<ActionState<View>> {
  try {
    return await action({ status: "idle" }, input);
  } catch (error) {
    if (isNavigation(error)) throw error;
    return { status: "refused", problem: unreachable };
  }
}

const unreachable = {
  code: "unavailable",
  title: "The registry did not answer",
  detail: "Nothing is known to have changed. Check your connection, look at the page again, then retry.",
  requestId: "none",
};

/** The framework's redirects travel as errors with a `digest`. */
function isNavigation(error: unknown): boolean {
  return error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_");
}
