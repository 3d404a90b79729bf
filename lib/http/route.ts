import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { actorFromBearer } from "#lib/access/index.ts";
import type { Actor, Ctx } from "#lib/core/context.ts";
import { DomainError, isDomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type ApiCharge, apiLimits } from "#lib/http/api-limits.ts";
import { readJsonBody } from "#lib/http/json-body.ts";
import { type PartLimits, readMultipart } from "#lib/http/multipart.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";
import { type Progress, toRefusal } from "#lib/http/refusal.ts";
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

/**
 * One handler of `/api/v1`: request id, actor from `Authorization: Bearer` (cookies are never read, so no other site can
 * use a browser's session here), rate limit, size limit, shape, verb, reply; every error as a problem document. Each
 * answer says where the caller stands in its limits. Nothing it answers may be stored by a cache, unless the declaration
 * says so.
 */
export function route<Schema extends z.ZodType, View>(declaration: RouteDeclaration<Schema, View>): RouteHandler {
  const handle = (request: Request, at?: RouteParams) =>
    answer(request, async (call) => {
      const ctx = await identify(call, declaration.caller);
      const input = parseInput(declaration.input, await gather(request, at, declaration.parts));
      if (call.progress === "not-begun") call.progress = "begun";
      const view = await declaration.run({ ctx, input, request });
      const response = declaration.reply ? declaration.reply(view) : replyJson(view);
      return seal(response, call.requestId, declaration.cache ?? "no-store");
    });
  return Object.assign(handle, { declaration });
}

/**
 * Answers every address that names nothing as routes answer what is not there: counted in the caller's limits, a bearer
 * looked at, the body not.
 */
export function unknownRoute(): RouteHandler {
  return (request) =>
    answer(request, async (call) => {
      await identify(call, "anyone");
      throw new DomainError("not-found", "There is no such endpoint.");
    });
}

/** One request on its way to an answer. */
type Call = { request: Request; requestId: string; charge: ApiCharge; progress: Progress };

async function answer(request: Request, work: (call: Call) => Promise<Response>): Promise<Response> {
  const requestId = toRequestId(request.headers) ?? randomUUID();
  const charge = apiLimits().meet(request.headers);
  const call: Call = { request, requestId, charge, progress: onlyReads(request) ? "reading" : "not-begun" };
  try {
    return setRate(await work(call), charge);
  } catch (error) {
    const path = new URL(request.url).pathname;
    return setRate(toProblemResponse(toRefusal(error, call.progress), { requestId, path }), charge);
  }
}

async function identify(
  { request: { headers }, requestId, charge }: Call,
  caller: "anyone" | "authenticated",
): Promise<Ctx> {
  const ctx = startContext(headers, { kind: "anonymous" }, requestId);
  const authorization = headers.get("authorization");
  if (authorization !== null) return { ...ctx, actor: await actorFrom(ctx, authorization, charge) };
  charge.take({ kind: "address" });
  if (caller === "anyone") return ctx;
  throw new DomainError("unauthenticated", "Send an API token as `Authorization: Bearer …`.");
}

/** A person has one quota, however many sessions they open. */
async function actorFrom(ctx: Ctx, authorization: string, charge: ApiCharge): Promise<Actor> {
  const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1] ?? "";
  try {
    if (bearer === "") throw new DomainError("unauthenticated", "Only `Authorization: Bearer …` is accepted.");
    charge.admitBearer(bearer);
    const actor = await actorFromBearer(ctx, bearer);
    charge.takeValid(bearer, actor.kind === "token" ? `token:${actor.tokenId}` : `person:${actor.personId}`);
    return actor;
  } catch (error) {
    if (isDomainError(error) && error.code === "unauthenticated") charge.takeFailed(bearer);
    throw error;
  }
}

async function gather(request: Request, at: RouteParams | undefined, parts: PartLimits | undefined) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const params = (await at?.params) ?? {};
  if (onlyReads(request)) return { ...query, ...params };
  const body = parts ? await readMultipart(request, parts) : await readJsonBody(request);
  return { ...query, ...body, ...params };
}

function onlyReads({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

function seal(response: Response, requestId: string, cache: string): Response {
  response.headers.set("cache-control", cache);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-request-id", requestId);
  return response;
}

function setRate(response: Response, { headers }: ApiCharge): Response {
  for (let at = 0; at < headers.length; at += 2) response.headers.set(headers[at] ?? "", headers[at + 1] ?? "");
  return response;
}
