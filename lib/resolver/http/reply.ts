import type { IncomingMessage, ServerResponse } from "node:http";

/** An answer of the read plane before it meets the request's method and `If-None-Match`. */
export type Reply = {
  status: number;
  body: Buffer;
  contentType: string;
  etag?: string;
  cacheControl?: string;
  headers?: Record<string, string>;
};

export const jsonType = "application/json; charset=utf-8";
export const problemTypeHeader = "application/problem+json; charset=utf-8";
export const allowedMethods = "GET, HEAD, OPTIONS";

/** What may change at any moment is asked for again each time, which costs a 304. */
const mutable = "public, no-cache";

// Bytes chosen by publishers are served from the origin people sign in to: nothing may run, frame or sniff them.
const alwaysSent = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Content-Type, Content-Length, ETag",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Sends a reply: 304 when the client has it already, no body to HEAD. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  const headers: Record<string, string | number> = {
    ...alwaysSent,
    "cache-control": reply.cacheControl ?? mutable,
    ...(reply.etag ? { etag: reply.etag } : {}),
    ...reply.headers,
  };
  if (reply.etag && isKnown(request.headers["if-none-match"], reply.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(reply.status, {
    ...headers,
    "content-type": reply.contentType,
    "content-length": reply.body.length,
  });
  response.end(request.method === "HEAD" ? undefined : reply.body);
}

/** Answers a preflight, or a plain OPTIONS. */
export function sendOptions(response: ServerResponse): void {
  response
    .writeHead(204, {
      ...alwaysSent,
      allow: allowedMethods,
      "access-control-allow-methods": allowedMethods,
      "access-control-allow-headers": "Authorization, Content-Type, Accept, If-None-Match",
      "access-control-max-age": "86400",
    })
    .end();
}

/** RFC 9110 13.1.2: weak comparison against a list of tags, or `*`. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
