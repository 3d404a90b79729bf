import { type Encoding, encodedTag } from "#lib/resolver/http/encoding.ts";
import type { Form, Reply } from "#lib/resolver/http/reply.ts";

// Bytes chosen by publishers are served from the origin people sign in to: nothing may run, frame or sniff them.
const alwaysSent = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "Content-Type, Content-Length, ETag, WWW-Authenticate, RateLimit, RateLimit-Policy, Retry-After, Countersign-Catalogue-Age",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Names and values in turn, which Node writes fastest. */
export const alwaysSentPairs: readonly string[] = Object.entries(alwaysSent).flat();

/** Of an answer that is sent whole. */
export function bodyHeaders(reply: Reply, { body, encoding }: Form): string[] {
  const headers = commonHeaders(reply, encoding);
  headers.push("content-type", reply.contentType, "content-length", String(body.length));
  if (encoding) headers.push("content-encoding", encoding);
  return headers;
}

/** Of a 304 too. */
export function commonHeaders(reply: Reply, encoding: Encoding | null): string[] {
  const headers = [...alwaysSentPairs, "cache-control", reply.cacheControl ?? "no-store"];
  if (reply.etag) headers.push("etag", encoding ? encodedTag(reply.etag, encoding) : reply.etag);
  const vary = [...(reply.vary ? [reply.vary] : []), ...(reply.encodable ? ["Accept-Encoding"] : [])];
  if (vary.length > 0) headers.push("vary", vary.join(", "));
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.push(name, value);
  return headers;
}
