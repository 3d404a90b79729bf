import type { IncomingMessage, ServerResponse } from "node:http";
import type { Resolved } from "#lib/resolver/counts/tallies.ts";
import {
  chooseEncoding,
  type EncodedBodies,
  type Encoding,
  minEncodedBytes,
  plainTag,
} from "#lib/resolver/http/encoding.ts";
import type { LentMemory } from "#lib/resolver/http/lent-memory.ts";
import { type Body, PartedBody, toBuffer } from "#lib/resolver/http/parted-body.ts";
import { alwaysSentPairs, bodyHeaders, commonHeaders } from "#lib/resolver/http/reply-headers.ts";

/** An answer of the read plane before it meets the request's method, `If-None-Match` and `Accept-Encoding`. */
export type Reply = {
  status: number;
  body: Body;
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
  /** Of the answer as it is, when they were made beforehand. */
  plainHeaders?: PlainHeaders;
};

/** Headers of an answer sent whole and not compressed, and of the 304 that stands for it. */
export type PlainHeaders = { whole: string[]; known: string[] };

export const jsonType = "application/json; charset=utf-8";
export const problemTypeHeader = "application/problem+json; charset=utf-8";

/** What a reply is sent with beside its own. */
export type Sending = {
  /** Compressed bodies kept. */
  encoded?: EncodedBodies;
  /** Where parts are joined that nobody needs afterwards. */
  memory?: LentMemory;
  /** Headers of this one request, names and values in turn. */
  extra?: readonly string[];
};

/** The same, made ready to be sent many times. */
export function toReady(reply: Reply): Reply {
  const body = toBuffer(reply.body);
  const plainHeaders = { whole: bodyHeaders(reply, { body, encoding: null }), known: commonHeaders(reply, null) };
  return { ...reply, body, plainHeaders };
}

/** Sends a reply: 304 when the client has it already, no body to HEAD, compressed when that is wanted and pays. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply, sending: Sending = {}): void {
  const { encoded } = sending;
  const encoding = reply.encodable && reply.body.length >= minEncodedBytes ? readEncoding(request) : null;
  const found = encoding && encoded ? encoded.find(reply.etag ?? "", reply.body, encoding) : null;
  if (found instanceof Promise) {
    found.then(
      (body) => write(request, response, reply, { body, encoding }, sending),
      () => write(request, response, reply, null, sending),
    );
    return;
  }
  write(request, response, reply, found && { body: found, encoding }, sending);
}

function readEncoding(request: IncomingMessage): Encoding | null {
  return chooseEncoding(request.headers["accept-encoding"]);
}

/** A body as it is sent. */
export type Form = { body: Body; encoding: Encoding | null };

function write(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  encodedForm: Form | null,
  { extra = [], memory }: Sending,
): void {
  const form = encodedForm ?? { body: reply.body, encoding: null };
  const known = reply.etag !== undefined && isKnown(request.headers["if-none-match"], reply.etag);
  const headers = headersOf(reply, form, known);
  response.writeHead(known ? 304 : reply.status, extra.length === 0 ? headers : [...headers, ...extra]);
  if (known || request.method === "HEAD") response.end();
  else endWith(response, form.body, memory);
}

function headersOf(reply: Reply, form: Form, known: boolean): string[] {
  const ready = form.encoding ? undefined : reply.plainHeaders;
  if (ready) return known ? ready.known : ready.whole;
  return known ? commonHeaders(reply, form.encoding) : bodyHeaders(reply, form);
}

function endWith(response: ServerResponse, body: Body, memory: LentMemory | undefined): void {
  const piece = body instanceof PartedBody ? memory?.take(body.length) : null;
  if (!(body instanceof PartedBody) || !memory || !piece) return void response.end(toBuffer(body));
  body.copyTo(piece);
  // Called when the system has every byte, not before. A reader who is gone may leave the piece to the collector.
  response.end(piece.subarray(0, body.length), () => memory.giveBack(piece));
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
