import { DomainError } from "#lib/core/errors.ts";
import { toRateHeaders, toRatePolicy } from "#lib/http/rate-headers.ts";
import { type RateStanding, RateWindow } from "#lib/http/rate-window.ts";
import { type Counter, rateLimitedRequests } from "#lib/metrics/index.ts";

export type RateQuotaOptions = {
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
  /** Credentials that are valid, by what names their holder. */
  | { kind: "token"; id: string }
  /** Credentials were sent and are not valid. */
  | { kind: "failed" };

/** What the answer says about limits, as names and values in turn; `refusal` when it is the answer. */
export type RateVerdict = { headers: readonly string[]; refusal: DomainError | null };

/** Far fewer wrong credentials than requests: nobody means to send them. */
const failedPerMinute = 60;

const unlimited: RateVerdict = { headers: [], refusal: null };

type PolicyName = "address" | "token" | "failed-credentials";
type Policy = { name: PolicyName; text: string; window: RateWindow; refused: Counter };

/**
 * What callers may ask of one API, per process. Valid credentials have a quota of their own; everyone else shares that of
 * their network: an IPv4 address, or the /64 of an IPv6 one. Wrong credentials count there and against a smaller quota of
 * their own. A network of null is not counted.
 */
export class RateQuotas {
  readonly #clock: () => number;
  readonly #address: Policy | null;
  readonly #token: Policy | null;
  readonly #failed: Policy | null;

  constructor(options: RateQuotaOptions) {
    this.#clock = options.clock ?? (() => performance.now());
    this.#address = toPolicy("address", options.perMinute);
    this.#token = toPolicy("token", options.tokenPerMinute);
    this.#failed = options.perMinute === 0 ? null : toPolicy("failed-credentials", failedPerMinute);
  }

  /** Counts a request, before it is answered. */
  take(network: string | null, caller: RateCaller): RateVerdict {
    if (network === null) return unlimited;
    const now = this.#clock();
    if (caller.kind === "token") return toVerdict(this.#token, this.#token?.window.take(caller.id, now));
    const verdict = toVerdict(this.#address, this.#address?.window.take(network, now));
    if (caller.kind !== "failed" || verdict.refusal) return verdict;
    const failed = toVerdict(this.#failed, this.#failed?.window.take(network, now));
    return failed.refusal ? failed : verdict;
  }

  /** Counts what an answer cost beyond its request: felt by the next one. */
  add(network: string | null, caller: RateCaller, cost: number): void {
    if (network === null) return;
    const now = this.#clock();
    if (caller.kind === "token") this.#token?.window.take(caller.id, now, cost);
    else this.#address?.window.take(network, now, cost);
  }

  /** Whether one more of this caller would be refused. Counts nothing. */
  isOut(network: string | null, caller: RateCaller): boolean {
    if (network === null) return false;
    const now = this.#clock();
    if (caller.kind === "token") return this.#token?.window.isOver(caller.id, now) === true;
    const policies = caller.kind === "failed" ? [this.#address, this.#failed] : [this.#address];
    return policies.some((policy) => policy?.window.isOver(network, now));
  }
}

function toPolicy(name: PolicyName, quota: number): Policy | null {
  if (quota === 0) return null;
  return { name, text: toRatePolicy(name, quota), window: new RateWindow(quota), refused: rateLimitedRequests(name) };
}

function toVerdict(policy: Policy | null, standing: RateStanding | undefined): RateVerdict {
  if (!policy || !standing) return unlimited;
  return {
    headers: toRateHeaders(policy.name, policy.text, standing),
    refusal: standing.over ? refuse(policy, standing) : null,
  };
}

function refuse({ name, window, refused }: Policy, { resetSeconds }: RateStanding): DomainError {
  refused.value++;
  const detail = `More than ${window.quota} requests in a minute (${name}). Try again in ${resetSeconds} s.`;
  return new DomainError("rate-limited", detail, { retryAfterSeconds: resetSeconds });
}
