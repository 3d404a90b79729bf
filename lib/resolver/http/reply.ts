import type { IncomingMessage, ServerResponse } from "node:http";
import type { Resolved } from "#lib/resolver/counts/tallies.ts";
import {
  chooseEncoding,
  type EncodedBodies,
  type Encoding,
  encodedTag,
  minEncodedBytes,
  plainTag,
} from "#lib/resolver/http/encoding.ts";

/** An answer of the read plane before it meets the request's method, `If-None-Match` and `Accept-Encoding`. */
export type Reply = {
  status: number;
  body: Buffer;
  contentType: string;
  etag?: string;
  /** May be sent compressed. Needs an `etag`. */
  encodable?: true;
  cacheControl?: string;
  /** Request headers on which it depends, beside `Accept-Encoding`. */
  vary?: string;
  headers?: Record<string, string>;
  /** Servers looked at to find it. */
  looked?: number;
  /** The version it gives, which is counted. */
  resolved?: Resolved;
};

export const jsonType = "application/json; charset=utf-8";
export const problemTypeHeader = "application/problem+json; charset=utf-8";

// Bytes chosen by publishers are served from the origin people sign in to: nothing may run, frame or sniff them.
const alwaysSent = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "Content-Type, Content-Length, ETag, WWW-Authenticate, RateLimit, RateLimit-Policy, Retry-After",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** What a reply is sent with beside its own: compressed bodies kept, and headers of this one request in turn. */
export type Sending = { encoded?: EncodedBodies; extra?: readonly string[] };

/** Sends a reply: 304 when the client has it already, no body to HEAD, compressed when that is wanted and pays. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  { encoded, extra = [] }: Sending = {},
): void {
  const encoding = reply.encodable && reply.body.length >= minEncodedBytes ? readEncoding(request) : null;
  const found = encoding && encoded ? encoded.find(reply.etag ?? "", reply.body, encoding) : null;
  if (found instanceof Promise) {
    found.then(
      (body) => write(request, response, reply, { body, encoding }, extra),
      () => write(request, response, reply, null, extra),
    );
    return;
  }
  write(request, response, reply, found && { body: found, encoding }, extra);
}

function readEncoding(request: IncomingMessage): Encoding | null {
  return chooseEncoding(request.headers["accept-encoding"]);
}

type EncodedForm = { body: Buffer; encoding: Encoding | null };

function write(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  form: EncodedForm | null,
  extra: readonly string[],
): void {
  const body = form?.body ?? reply.body;
  if (reply.etag && isKnown(request.headers["if-none-match"], reply.etag)) {
    const headers = form ? commonHeaders(reply, form.encoding) : plainHeaders(reply).known;
    response.writeHead(304, extra.length === 0 ? headers : [...headers, ...extra]).end();
    return;
  }
  const headers = form ? bodyHeaders(reply, form) : plainHeaders(reply).whole;
  response.writeHead(reply.status, extra.length === 0 ? headers : [...headers, ...extra]);
  response.end(request.method === "HEAD" ? undefined : body);
}

const alwaysSentPairs = Object.entries(alwaysSent).flat();
/** Of the answer as it is, and of the 304 that stands for it. */
type PlainHeaders = { whole: string[]; known: string[] };
const plainHeadersOf = new WeakMap<Reply, PlainHeaders>();

/** Kept with the reply, since most are sent many times. */
function plainHeaders(reply: Reply): PlainHeaders {
  const kept = plainHeadersOf.get(reply);
  if (kept) return kept;
  const whole = bodyHeaders(reply, { body: reply.body, encoding: null });
  const made = { whole, known: commonHeaders(reply, null) };
  plainHeadersOf.set(reply, made);
  return made;
}

function bodyHeaders(reply: Reply, { body, encoding }: EncodedForm): string[] {
  const headers = commonHeaders(reply, encoding);
  headers.push("content-type", reply.contentType, "content-length", String(body.length));
  if (encoding) headers.push("content-encoding", encoding);
  return headers;
}

/** Names and values in turn, which Node writes fastest. */
function commonHeaders(reply: Reply, encoding: Encoding | null): string[] {
  const headers = [...alwaysSentPairs, "cache-control", reply.cacheControl ?? "no-store"];
  if (reply.etag) headers.push("etag", encoding ? encodedTag(reply.etag, encoding) : reply.etag);
  const vary = [...(reply.vary ? [reply.vary] : []), ...(reply.encodable ? ["Accept-Encoding"] : [])];
  if (vary.length > 0) headers.push("vary", vary.join(", "));
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers.push(name, value);
  return headers;
}

/** Answers a preflight, or a plain OPTIONS. */
export function sendOptions(response: ServerResponse, methods: string, extra: readonly string[] = []): void {
  const answer = {
    allow: methods,
    "access-control-allow-methods": methods,
    // The wildcard does not stand for `Authorization`.
    "access-control-allow-headers": "Authorization, Content-Type, Accept, If-None-Match, *",
    "access-control-max-age": "86400",
  };
  response.writeHead(204, [...alwaysSentPairs, ...Object.entries(answer).flat(), ...extra]).end();
}

/** RFC 9110 13.1.2: weak comparison against a list of tags, or `*`. A tag of any encoding of the same content counts. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => plainTag(tag.trim().replace(/^W\//, "")) === etag);
}
