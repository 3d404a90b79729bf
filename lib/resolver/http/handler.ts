import type { IncomingMessage, ServerResponse } from "node:http";
import { isDomainError } from "#lib/core/errors.ts";
import { defaultSlug } from "#lib/resolver/channels/channel.ts";
import type { Reader } from "#lib/resolver/channels/readers.ts";
import type { ResolutionCounter } from "#lib/resolver/counts/counter.ts";
import { type Address, isReadTarget, readAddress } from "#lib/resolver/http/address.ts";
import { type AnswerOptions, answerRoute, describe } from "#lib/resolver/http/answer-route.ts";
import { type Charged, charge, chargeWork, type Rates, toCaller, toRefusedCaller } from "#lib/resolver/http/charge.ts";
import { admit, type Door, type DoorOptions, findDoor, isForPages, viewThrough } from "#lib/resolver/http/door.ts";
import { EncodedBodies } from "#lib/resolver/http/encoding.ts";
import { LentMemory } from "#lib/resolver/http/lent-memory.ts";
import { dress, type Policy, strictPolicy } from "#lib/resolver/http/policy.ts";
import { toProblemReply } from "#lib/resolver/http/problem-reply.ts";
import { answerProtectedResource } from "#lib/resolver/http/protected-resource.ts";
import { redirect } from "#lib/resolver/http/redirect.ts";
import { endpointNotFound, methodRefused, notReady } from "#lib/resolver/http/refusals.ts";
import { type Reply, send, sendOptions } from "#lib/resolver/http/reply.ts";
import { ReplyCache } from "#lib/resolver/http/reply-cache.ts";
import { findRoute, methodsOf } from "#lib/resolver/http/routes.ts";
import { readTarget } from "#lib/resolver/http/target.ts";
import { WorkBudget } from "#lib/resolver/http/work-budget.ts";
import type { Log } from "#lib/resolver/source.ts";

export type HandlerOptions = DoorOptions &
  Omit<AnswerOptions, "description" | "validation"> & {
    counter: Pick<ResolutionCounter, "count">;
    /** Without, nobody is limited. */
    rates?: Rates;
    /** Milliseconds since the epoch. */
    clock: () => number;
    log: Log;
  };

export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Up to this age nothing is said about it: the ledger is asked once a second. */
const freshMs = 5000;

/** The part of the time that validating may take from reading. */
const validationShare = 0.1;

const readMethods = "GET, HEAD, OPTIONS";

type Kept = HandlerOptions &
  AnswerOptions & {
    replies: ReplyCache;
    encoded: EncodedBodies;
    memory: LentMemory;
  };

/** One request on its way to an answer. */
type Call = Charged & {
  request: IncomingMessage;
  response: ServerResponse;
  /** Of whatever is answered, errors too, as far as it is known whom it is for. */
  policy: Policy;
  /** Milliseconds since the epoch. */
  now: number;
};

/** One whose address leads somewhere. */
type Visit = Call & { address: Address; door: Door };

/** Of the default channel: these answer everybody. */
const probePaths: readonly string[] = ["/health", "/ping", "/version", "/openapi.json"];

/**
 * The HTTP face of the catalogue. Returns false when the target belongs to no channel; otherwise the request is
 * answered, some routes a little later, and whatever goes wrong becomes a problem document.
 */
export function createHandler(given: HandlerOptions): Handler {
  const options = {
    ...given,
    description: describe(given.registryId),
    replies: new ReplyCache(),
    encoded: new EncodedBodies(),
    memory: new LentMemory(),
    validation: new WorkBudget(validationShare, 500),
  };
  return (request, response) => {
    const rawUrl = request.url ?? "";
    if (!isReadTarget(rawUrl)) return false;
    const call: Call = { request, response, policy: strictPolicy, now: options.clock(), rateHeaders: null };
    try {
      const address = readAddress(rawUrl);
      if (address) open(options, call, address);
      else respondMetadata(options, call, rawUrl);
    } catch (error) {
      refuse(options, call, error);
    }
    return true;
  };
}

function open(options: Kept, call: Call, address: Address): void {
  const door = findDoor(options, call.request, address, call.now);
  call.policy = door.policy;
  const visit = Object.assign(call, { address, door });
  // Who asks for health must not be told to wait, and our own pages cannot.
  if (isForPages(door) || isOfDefault(address, ["/health"])) call.rateHeaders = [];
  const known = findKnown(options, visit);
  if (known) deliver(options, visit, known.reader, known.reply);
  else respond(options, visit);
}

/** What the same was answered with before, as long as nothing has changed and the caller may read. */
function findKnown(options: Kept, visit: Visit): { reply: Reply; reader: Reader | null } | null {
  if (visit.request.method !== "GET" && visit.request.method !== "HEAD") return null;
  const reply = findKept(options, toCacheKey(visit));
  if (!reply) return null;
  const reader = admitQuietly(options, visit);
  if (reader === undefined) return null;
  charge(options.rates, visit, toCaller(reader));
  return { reply, reader };
}

/** Undefined for who is not let in: what is wrong with the question itself is said first, and probes answer everybody. */
function admitQuietly(options: Kept, visit: Visit): Reader | null | undefined {
  try {
    return admit(options, visit);
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}

function findKept(options: Kept, key: string): Reply | undefined {
  const catalogue = options.catalogue();
  const channels = options.channels();
  if (!catalogue || !channels || (options.ageMs() ?? 0) > Math.min(freshMs, options.maxAgeMs)) return undefined;
  return options.replies.settle(catalogue, channels, options.syncedUntil()).get(key);
}

/** Whose view, and what was asked: no two views share a key. */
function toCacheKey({ door, address: { slug, rest }, request }: Visit): string {
  if (door.kind !== "channel") return ` ${door.kind} ${rest}`;
  return slug === defaultSlug ? (request.url ?? "") : `${slug} ${rest}`;
}

function respond(options: Kept, visit: Visit): void {
  const { request, door, address, policy } = visit;
  const isProbe = isOfDefault(address, probePaths);
  if (door.kind === "probes" && !isProbe) throw door.refusal();
  const target = readTarget(address.rest);
  if (target.kind === "redirect") return deliver(options, visit, null, dress(redirect(address, target), policy));
  const route = findRoute(target.segments);
  if (!route) throw endpointNotFound();
  const methods = methodsOf(route);
  if (request.method === "OPTIONS") return deliverOptions(options, visit, methods);
  if (!methods.split(", ").includes(request.method ?? "")) throw methodRefused(methods, request.method);
  const reader = isProbe ? null : admit(options, visit);
  charge(options.rates, visit, toCaller(reader));
  const reply = answerRoute(options, request, { route, query: target.query }, (whole) => viewThrough(door, whole));
  if (!(reply instanceof Promise) && !isForPages(door)) {
    chargeWork(options.rates, request, toCaller(reader), reply.looked);
  }
  if (!(reply instanceof Promise)) return deliverFirst(options, visit, reader, dress(reply, policy, route));
  reply
    .then((late) => deliver(options, visit, reader, dress(late, policy, route)))
    .catch((error) => refuse(options, visit, error));
}

/** Says how old the catalogue is while the database cannot be read, and keeps what is not old. */
function deliverFirst(options: Kept, visit: Visit, reader: Reader | null, reply: Reply): void {
  const ageMs = options.ageMs() ?? 0;
  if (ageMs <= freshMs) {
    return deliver(options, visit, reader, reply.encodable ? options.replies.offer(toCacheKey(visit), reply) : reply);
  }
  const age = { "countersign-catalogue-age": String(Math.floor(ageMs / 1000)) };
  deliver(options, visit, reader, { ...reply, headers: { ...reply.headers, ...age } });
}

/** Sends an answer and counts the version it gives. */
function deliver(options: Kept, visit: Visit, reader: Reader | null, reply: Reply): void {
  const { request, response, door, now } = visit;
  const { resolved } = reply;
  charge(options.rates, visit, toCaller(reader));
  if (resolved && reader && door.kind === "channel" && !door.pages && request.method === "GET") {
    options.counter.count(resolved, door.channel.id, reader.label, now);
  }
  const { encoded, memory } = options;
  send(request, response, reply, { encoded, memory, extra: visit.rateHeaders ?? [] });
}

function deliverOptions(options: Kept, call: Call, methods: string): void {
  charge(options.rates, call, { kind: "address" });
  sendOptions(call.response, methods, call.rateHeaders ?? []);
}

function respondMetadata(options: Kept, call: Call, rawUrl: string): void {
  const { request, response } = call;
  const channels = options.channels();
  if (!channels) throw notReady();
  const reply = answerProtectedResource(rawUrl, options.registryId, channels);
  if (request.method === "OPTIONS") return deliverOptions(options, call, readMethods);
  if (!readMethods.split(", ").includes(request.method ?? "")) throw methodRefused(readMethods, request.method);
  charge(options.rates, call, { kind: "address" });
  send(request, response, reply, { extra: call.rateHeaders ?? [] });
}

function refuse(options: Kept, call: Call, reason: unknown): void {
  const { request, response, policy } = call;
  const error = findRefusal(options, call, reason);
  const reply = toProblemReply(error, response, { registryId: options.registryId, log: options.log, policy });
  if (response.headersSent) response.destroy();
  else send(request, response, reply, { extra: call.rateHeaders ?? [] });
}

/** Refusals count too, and whoever had too many is told that instead. */
function findRefusal(options: Kept, call: Call, reason: unknown): unknown {
  try {
    charge(options.rates, call, toRefusedCaller(reason, "door" in call));
    return reason;
  } catch (error) {
    return error;
  }
}

function isOfDefault({ slug, rest }: Address, paths: readonly string[]): boolean {
  return slug === defaultSlug && paths.includes(rest.split("?", 1)[0] ?? "");
}
