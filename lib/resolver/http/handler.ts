import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { digestOf } from "#lib/core/digest.ts";
import { DomainError, isDomainError } from "#lib/core/errors.ts";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { toProblem } from "#lib/core/problem.ts";
import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import { answerList, answerVersion, answerVersions } from "#lib/resolver/http/answer.ts";
import { answerBlob } from "#lib/resolver/http/blobs.ts";
import { EncodedBodies } from "#lib/resolver/http/encoding.ts";
import { jsonType, problemTypeHeader, type Reply, send, sendOptions } from "#lib/resolver/http/reply.ts";
import { ReplyCache } from "#lib/resolver/http/reply-cache.ts";
import { findRoute, methodsOf, type Route } from "#lib/resolver/http/routes.ts";
import { isReadTarget, readTarget, type Target } from "#lib/resolver/http/target.ts";
import { answerValidate, refusePublish } from "#lib/resolver/http/validate.ts";
import { WorkBudget } from "#lib/resolver/http/work-budget.ts";
import { describeReadApi } from "#lib/resolver/openapi/document.ts";
import type { CatalogueSource, Log } from "#lib/resolver/source.ts";

/** What the running server is, for `/v0.1/version`. */
export type BuildInfo = { version: string; gitCommit: string; buildTime: string };

export type HandlerOptions = {
  registryId: string;
  /** The catalogue as of now, or null before the first load is complete. */
  catalogue: () => Catalogue | null;
  /** The ledger's time up to which the catalogue has every change; 0 before the first load. */
  syncedUntil: () => number;
  /** Milliseconds since the catalogue was last known to equal the database; null before the first load. */
  ageMs: () => number | null;
  /** Older than this, nothing of the catalogue is served any more. */
  maxAgeMs: number;
  /** The public key set document. */
  keySetDocument: () => Buffer | null;
  source: Pick<CatalogueSource, "readBlob">;
  /** Whether this request may read; when not it gets 403 everywhere but on the probes. */
  mayRead: (request: IncomingMessage) => boolean;
  build: BuildInfo;
  log: Log;
};

export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Up to this age nothing is said about it: the ledger is asked once a second. */
const freshMs = 5000;

/** The part of the time that validating may take from reading. */
const validationShare = 0.1;

type Kept = HandlerOptions & {
  description: Reply;
  replies: ReplyCache;
  encoded: EncodedBodies;
  validation: WorkBudget;
};

const probes: readonly Route["kind"][] = ["health", "ping", "build", "openapi"];

/**
 * The HTTP face of the catalogue. Returns false when the target is not under `/v0.1`; otherwise the request is answered,
 * some routes a little later, and whatever goes wrong becomes a problem document.
 */
export function createHandler(given: HandlerOptions): Handler {
  const options = {
    ...given,
    description: describe(given.registryId),
    replies: new ReplyCache(),
    encoded: new EncodedBodies(),
    validation: new WorkBudget(validationShare, 500),
  };
  return (request, response) => {
    const rawUrl = request.url ?? "";
    if (!isReadTarget(rawUrl)) return false;
    try {
      const known = findKnown(options, request, rawUrl);
      if (known) send(request, response, known, options.encoded);
      else respond(options, request, response, readTarget(rawUrl));
    } catch (error) {
      sendProblem(options, request, response, error);
    }
    return true;
  };
}

function describe(registryId: string): Reply {
  const body = Buffer.from(JSON.stringify(describeReadApi(registryId)));
  return { status: 200, body, contentType: jsonType, etag: `"${digestOf(body)}"`, encodable: true };
}

/** What the same target was answered with before, as long as nothing has changed and the caller may read. */
function findKnown(options: Kept, request: IncomingMessage, rawUrl: string): Reply | undefined {
  if ((request.method !== "GET" && request.method !== "HEAD") || !options.mayRead(request)) return undefined;
  const catalogue = options.catalogue();
  if (!catalogue || (options.ageMs() ?? 0) > Math.min(freshMs, options.maxAgeMs)) return undefined;
  return options.replies.settle(catalogue, options.syncedUntil()).get(rawUrl);
}

function respond(options: Kept, request: IncomingMessage, response: ServerResponse, target: Target): void {
  if (target.kind === "redirect") {
    const body = Buffer.alloc(0);
    send(request, response, { status: 308, body, contentType: jsonType, headers: { location: target.location } });
    return;
  }
  const route = findRoute(target.segments);
  if (!route) throw endpointNotFound();
  const methods = methodsOf(route);
  if (request.method === "OPTIONS") return sendOptions(response, methods);
  if (!methods.split(", ").includes(request.method ?? "")) throw methodRefused(methods, request.method);
  if (!probes.includes(route.kind) && !options.mayRead(request)) throw readingClosed();
  const reply = answer(options, request, { route, query: target.query });
  if (!(reply instanceof Promise)) {
    const age = options.ageMs() ?? 0;
    if (reply.encodable && age <= freshMs) options.replies.keep(request.url ?? "", reply);
    return send(request, response, age > freshMs ? withAge(reply, age) : reply, options.encoded);
  }
  reply.then((late) => send(request, response, late)).catch((error) => sendProblem(options, request, response, error));
}

type Asked = { route: Route; query: URLSearchParams };

function answer(options: Kept, request: IncomingMessage, { route, query }: Asked): Reply | Promise<Reply> {
  switch (route.kind) {
    case "ping":
      return json({ pong: true });
    case "build": {
      const { version, gitCommit, buildTime } = options.build;
      return json({ version, git_commit: gitCommit, build_time: buildTime });
    }
    case "health":
      readyCatalogue(options);
      return json({ status: "ok", catalogue_age_seconds: Math.floor((options.ageMs() ?? 0) / 1000) });
    case "validate":
      return answerValidate(request, options.validation);
    case "publish":
      throw refusePublish(options.registryId);
    case "openapi":
      return options.description;
    case "keys":
      return answerKeys(options);
    case "list":
      return answerList(readyCatalogue(options), query, options.syncedUntil());
    case "versions":
      return answerVersions(readyCatalogue(options), route.name, query);
    case "version":
      return answerVersion(readyCatalogue(options), route.name, route.version, query);
    case "blob":
      return answerBlob(readyCatalogue(options), options.source, { kind: route.blob, digest: route.digest, query });
  }
}

/** Says how old the catalogue is while the database cannot be read. */
function withAge(reply: Reply, ageMs: number): Reply {
  return { ...reply, headers: { ...reply.headers, "countersign-catalogue-age": String(Math.floor(ageMs / 1000)) } };
}

function answerKeys(options: HandlerOptions): Reply {
  const body = options.keySetDocument();
  if (!body) throw notReady();
  return { status: 200, body, contentType: KEY_SET_MEDIA_TYPE };
}

function readyCatalogue(options: HandlerOptions): Catalogue {
  const catalogue = options.catalogue();
  if (!catalogue) throw notReady();
  if ((options.ageMs() ?? 0) > options.maxAgeMs) throw tooOld();
  return catalogue;
}

function json(value: unknown): Reply {
  return { status: 200, body: Buffer.from(JSON.stringify(value)), contentType: jsonType, cacheControl: "no-store" };
}

function sendProblem(
  options: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  const problem = toProblem(error, { registryId: options.registryId, requestId: randomUUID() });
  if (problem.status >= 500) {
    const message = isDomainError(error) ? (error.log ?? error.detail) : "unexpected failure";
    options.log.error({ event: "read-failed", requestId: problem.requestId, err: error }, message);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  send(request, response, {
    status: problem.status,
    body: Buffer.from(JSON.stringify(problem)),
    contentType: problemTypeHeader,
    cacheControl: "no-store",
    headers: problemHeaders(request, error),
  });
}

function problemHeaders(request: IncomingMessage, error: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  // The rest of a body nobody reads must not be taken for the next request.
  if (request.method === "POST") headers.connection = "close";
  if (!isDomainError(error)) return headers;
  if (error.code === "method-not-allowed") headers.allow = String(error.extensions.allow);
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  return headers;
}

function methodRefused(allow: string, method = ""): DomainError {
  const detail = `${method} is not possible here. Allowed: ${allow}.`;
  return new DomainError("method-not-allowed", detail, { extensions: { allow } });
}

function endpointNotFound(): DomainError {
  return new DomainError("not-found", "Endpoint not found. Did you mean '/v0.1/servers'?");
}

function readingClosed(): DomainError {
  return new DomainError("forbidden", "This registry does not answer anonymous readers.");
}

function tooOld(): DomainError {
  const detail = "The catalogue could not be compared with the database for too long.";
  return new DomainError("unavailable", detail, { retryAfterSeconds: 5 });
}

function notReady(): DomainError {
  return new DomainError("unavailable", "The catalogue is still loading.", { retryAfterSeconds: 1 });
}
