import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { toNetwork } from "#lib/core/network.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Problem, toProblem } from "#lib/core/problem.ts";
import { logError } from "#lib/http/error-log.ts";
import { toFormObject } from "#lib/http/form.ts";
import { getInstallation } from "#lib/http/installation.ts";
import { assertSameOrigin } from "#lib/http/origin.ts";
import { RateLimiter } from "#lib/http/rate.ts";
import { type Progress, toRefusal } from "#lib/http/refusal.ts";
import { startContext } from "#lib/http/start-context.ts";
import { toRequestId } from "#lib/http/traffic/request-id.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";
import { currentActor, requestHeaders } from "#lib/session/index.ts";

export type ActionState<View = unknown> =
  | { status: "idle" }
  | { status: "done"; value: View }
  | { status: "refused"; problem: Problem };

export type Action<View> = (previous: ActionState<View>, input: FormData | unknown) => Promise<ActionState<View>>;

export type ActionDeclaration<Schema extends z.ZodType, View> = {
  /** `anyone` for pages before sign-in; otherwise a session is needed before anything is parsed. */
  caller: "anyone" | "person";
  input: Schema;
  run: (call: { ctx: Ctx; input: z.output<Schema> }) => Promise<View>;
};

/** For everybody, this machine included: signing in and answering with a code are forms, too. */
const limiter = new RateLimiter({ burst: 120, perSecond: 4, refused: rateLimitedRequests("forms") });

/**
 * One server action: Origin against PUBLIC_URL, actor from the session cookie, rate limit, shape, verb. Takes a FormData
 * or, called directly, any value. A refusal comes back as a problem; it is never thrown, and never holds the input.
 */
export function action<Schema extends z.ZodType, View>(declaration: ActionDeclaration<Schema, View>): Action<View> {
  return async (_previous, input) => {
    const headers = await requestHeaders();
    const requestId = toRequestId(headers) ?? randomUUID();
    let progress: Progress = "not-begun";
    try {
      const ctx = await identify(headers, requestId, declaration.caller);
      const value = parseInput(declaration.input, input instanceof FormData ? await toFormObject(input) : input);
      progress = "begun";
      return { status: "done", value: await declaration.run({ ctx, input: value }) };
    } catch (thrown) {
      if (isNavigation(thrown)) throw thrown;
      const error = toRefusal(thrown, progress);
      logError(error, { requestId, path: "action" });
      return { status: "refused", problem: toProblem(error, { registryId: getInstallation().registryId, requestId }) };
    }
  };
}

async function identify(headers: Headers, requestId: string, caller: "anyone" | "person"): Promise<Ctx> {
  const ctx = startContext(headers, { kind: "anonymous" }, requestId);
  assertSameOrigin(headers, ctx.registryId);
  limiter.take(toNetwork(ctx.address), performance.now());
  const actor = await currentActor();
  if (caller === "person" && actor.kind !== "person") throw new DomainError("unauthenticated", "Sign in to go on.");
  return { ...ctx, actor };
}

/** The framework's redirects and not-founds travel as errors with a `digest`; they are answers, not failures. */
function isNavigation(error: unknown): boolean {
  return error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_");
}
