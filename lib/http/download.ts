import { randomUUID } from "node:crypto";
import type { Ctx } from "#lib/core/context.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";
import { toRequestId } from "#lib/http/traffic/request-id.ts";
import { pageCtx } from "#lib/session/index.ts";

export type DownloadCall<Params> = { ctx: Ctx; query: URLSearchParams; params: Params };

/**
 * A file for the person whose session the cookie names. For verbs that only read, since any link may lead here. No cache
 * keeps it; every error is a problem document.
 */
export function download<Params>(run: (call: DownloadCall<Params>) => Promise<Response>) {
  return async (request: Request, at: { params: Promise<Params> }): Promise<Response> => {
    const { pathname, searchParams: query } = new URL(request.url);
    try {
      const response = await run({ ctx: await pageCtx(), query, params: await at.params });
      response.headers.set("cache-control", "private, no-store");
      return response;
    } catch (error) {
      return toProblemResponse(error, { requestId: toRequestId(request.headers) ?? randomUUID(), path: pathname });
    }
  };
}
