import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { actorFromBearer } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { toNetwork } from "#lib/core/network.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { readJsonBody } from "#lib/http/json-body.ts";
import { type PartLimits, readMultipart } from "#lib/http/multipart.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";
import { RateLimiter } from "#lib/http/rate.ts";
import { replyJson } from "#lib/http/reply.ts";
import type { RouteDescription } from "#lib/http/route-description.ts";
import { startContext } from "#lib/http/start-context.ts";
import { toRequestId } from "#lib/http/traffic/request-id.ts";

type RouteParams = { params: Promise<Record<string, string | string[] | undefined>> };

/** A handler, and what it was declared with, from which the API is described. */
export type RouteHandler = ((request: Request, at?: RouteParams) => Promise<Response>) & {
  readonly declaration?: DeclaredRoute;
};

// biome-ignore lint/suspicious/noExplicitAny: read by whoever describes routes, whatever their views
export type DeclaredRoute = Omit<RouteDeclaration<z.ZodType, any>, "run" | "reply">;

export type RouteDeclaration<Schema extends z.ZodType, View> = {
  /** `authenticated` answers 401 before the body is read; what the caller may do is the verb's to say. */
  caller: "anyone" | "authenticated";
  /** Shape of query, body (or parts) and path parameters merged; a path parameter wins over others of its name. */
  input: Schema;
  /** Set for multipart/form-data; without it a body is JSON. */
  parts?: PartLimits;
  run: (call: { ctx: Ctx; input: z.output<Schema>; request: Request }) => Promise<View>;
  /** Default: the view as JSON, 200. */
  reply?: (view: View) => Response;
  /** `Cache-Control` of an answer that is the same for everybody. Default: `no-store`. */
  cache?: "public, max-age=300";
  /** For the API's document. Every route below `/api/v1` has one. */
  describe?: RouteDescription<View>;
};

const limiter = new RateLimiter({ burst: 600, perSecond: 20 });

/**
 * One handler of `/api/v1`: request id, rate limit, actor from `Authorization: Bearer` (cookies are never read, so no
 * other site can use a browser's session here), size limit, shape, verb, reply; every error as a problem document.
 * Nothing it answers may be stored by a cache, unless the declaration says so.
 */
export function route<Schema extends z.ZodType, View>(declaration: RouteDeclaration<Schema, View>): RouteHandler {
  const handle = async (request: Request, at?: RouteParams) => {
    const requestId = toRequestId(request.headers) ?? randomUUID();
    const path = new URL(request.url).pathname;
    try {
      const ctx = await identify(request, requestId, declaration.caller);
      const input = parseInput(declaration.input, await gather(request, at, declaration.parts));
      const view = await declaration.run({ ctx, input, request });
      const response = declaration.reply ? declaration.reply(view) : replyJson(view);
      return seal(response, requestId, declaration.cache ?? "no-store");
    } catch (error) {
      return toProblemResponse(error, { requestId, path });
    }
  };
  return Object.assign(handle, { declaration });
}

async function identify(request: Request, requestId: string, caller: "anyone" | "authenticated"): Promise<Ctx> {
  const ctx = startContext(request.headers, { kind: "anonymous" }, requestId);
  limiter.take(toNetwork(ctx.address), performance.now());
  const bearer = toBearer(request.headers);
  if (bearer === null) {
    if (caller === "anyone") return ctx;
    throw new DomainError("unauthenticated", "Send an API token as `Authorization: Bearer …`.");
  }
  return { ...ctx, actor: await actorFromBearer(ctx, bearer) };
}

function toBearer(headers: Headers): string | null {
  const header = headers.get("authorization");
  if (header === null) return null;
  const match = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(header);
  if (!match?.[1]) throw new DomainError("unauthenticated", "Only `Authorization: Bearer …` is accepted.");
  return match[1];
}

async function gather(request: Request, at: RouteParams | undefined, parts: PartLimits | undefined) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const params = (await at?.params) ?? {};
  if (request.method === "GET" || request.method === "HEAD") return { ...query, ...params };
  const body = parts ? await readMultipart(request, parts) : await readJsonBody(request);
  return { ...query, ...body, ...params };
}

function seal(response: Response, requestId: string, cache: string): Response {
  response.headers.set("cache-control", cache);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-request-id", requestId);
  return response;
}
