import type { IncomingMessage } from "node:http";
import { DomainError } from "#lib/core/errors.ts";
import { toRateHeaders, toRatePolicy } from "#lib/http/rate-headers.ts";
import { OriginMemory } from "#lib/http/rate-origin.ts";
import { type RateStanding, RateWindow } from "#lib/http/rate-window.ts";

export type ReadLimitOptions = {
  /** Addresses and CIDR ranges whose forwarded headers count. */
  trustedProxies: string[];
  /** Requests of one network in a minute; 0 for no limit. */
  perMinute: number;
  /** Requests with one valid token in a minute; 0 for no limit. */
  tokenPerMinute: number;
  /** Milliseconds of a clock that does not run back. */
  clock?: () => number;
};

/** Who a request counts against. */
export type RateCaller =
  | { kind: "address" }
  /** A token that is valid, by its id. */
  | { kind: "token"; id: string }
  /** Credentials were sent and are not valid. */
  | { kind: "failed" };

/** What the answer says about limits, as names and values in turn; `refusal` when it is the answer. */
export type RateVerdict = { headers: readonly string[]; refusal: DomainError | null };

/** Far fewer wrong credentials than requests: nobody means to send them. */
const failedPerMinute = 60;

const unlimited: RateVerdict = { headers: [], refusal: null };

type Policy = { name: string; text: string; window: RateWindow };

/**
 * Rate limits of the read API, per process. A valid token has a quota of its own; everyone else shares that of their
 * network: an IPv4 address, or the /64 of an IPv6 one. Wrong credentials count there and against a smaller quota of
 * their own, which never holds back those who have valid ones. Not counted: peers on this machine, unless they are a
 * configured proxy. From a configured proxy the forwarded address counts; from anyone else it is not read.
 */
export class ReadLimits {
  readonly #clock: () => number;
  readonly #address: Policy | null;
  readonly #token: Policy | null;
  readonly #failed: Policy | null;
  readonly #origins: OriginMemory;

  constructor(options: ReadLimitOptions) {
    this.#origins = new OriginMemory(options.trustedProxies);
    this.#clock = options.clock ?? (() => performance.now());
    this.#address = toPolicy("address", options.perMinute);
    this.#token = toPolicy("token", options.tokenPerMinute);
    this.#failed = options.perMinute === 0 ? null : toPolicy("failed-credentials", failedPerMinute);
  }

  /** Counts a request, before it is answered. */
  take(request: IncomingMessage, caller: RateCaller): RateVerdict {
    const network = this.#origins.find(request);
    if (network === null) return unlimited;
    const now = this.#clock();
    if (caller.kind === "token") return toVerdict(this.#token, this.#token?.window.take(caller.id, now));
    const verdict = toVerdict(this.#address, this.#address?.window.take(network, now));
    if (caller.kind !== "failed" || verdict.refusal) return verdict;
    const failed = toVerdict(this.#failed, this.#failed?.window.take(network, now));
    return failed.refusal ? failed : verdict;
  }

  /** Counts what an answer cost beyond its request: felt by the next one. */
  add(request: IncomingMessage, caller: RateCaller, cost: number): void {
    const network = this.#origins.find(request);
    if (network === null) return;
    const now = this.#clock();
    if (caller.kind === "token") this.#token?.window.take(caller.id, now, cost);
    else this.#address?.window.take(network, now, cost);
  }
}

function toPolicy(name: string, quota: number): Policy | null {
  return quota === 0 ? null : { name, text: toRatePolicy(name, quota), window: new RateWindow(quota) };
}

function toVerdict(policy: Policy | null, standing: RateStanding | undefined): RateVerdict {
  if (!policy || !standing) return unlimited;
  return {
    headers: toRateHeaders(policy.name, policy.text, standing),
    refusal: standing.over ? refuse(policy, standing) : null,
  };
}

function refuse({ name, window }: Policy, { resetSeconds }: RateStanding): DomainError {
  const detail = `More than ${window.quota} requests in a minute (${name}). Try again in ${resetSeconds} s.`;
  return new DomainError("rate-limited", detail, { retryAfterSeconds: resetSeconds });
}
