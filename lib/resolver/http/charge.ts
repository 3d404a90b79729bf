import type { IncomingMessage } from "node:http";
import { isDomainError } from "#lib/core/errors.ts";
import type { RateCaller, ReadLimits } from "#lib/http/rate-limits.ts";
import type { Reader } from "#lib/resolver/channels/readers.ts";
import { ChallengeError } from "#lib/resolver/http/challenge.ts";

/** Counts requests; without, nobody is limited. */
export type Rates = Pick<ReadLimits, "take" | "add">;

/** Headers that say where the caller stands; null until the request has been counted. */
export type Charged = { rateHeaders: readonly string[] | null };

/**
 * Counts a request, once, before work is done for it.
 * @throws DomainError `rate-limited`.
 */
export function charge(
  rates: Rates | undefined,
  call: Charged & { request: IncomingMessage },
  caller: RateCaller,
): void {
  if (call.rateHeaders) return;
  const verdict = rates?.take(call.request, caller);
  call.rateHeaders = verdict?.headers ?? [];
  if (verdict?.refusal) throw verdict.refusal;
}

/** So many servers looked at cost as much as one request. */
const lookedPerRequest = 1000;

/** Counts a long search through the catalogue as the requests that could have been answered in the same time. */
export function chargeWork(rates: Rates | undefined, request: IncomingMessage, caller: RateCaller, looked = 0): void {
  const cost = Math.floor(looked / lookedPerRequest);
  if (cost > 0) rates?.add(request, caller, cost);
}

/** A secret in an address may be shared by many, so those who use it count by where they are. */
export function toCaller(reader: Reader | null): RateCaller {
  return reader?.label.startsWith("token:") ? { kind: "token", id: reader.label } : { kind: "address" };
}

/**
 * Who was refused. An address that leads nowhere may have been a guess at a secret, and nothing tells it from one that
 * was not.
 */
export function toRefusedCaller(error: unknown, leadsSomewhere: boolean): RateCaller {
  const isGuess = !leadsSomewhere && isDomainError(error) && error.code === "not-found";
  const isWrongToken = error instanceof ChallengeError && error.given;
  return { kind: isGuess || isWrongToken ? "failed" : "address" };
}
