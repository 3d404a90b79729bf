import { config } from "#lib/config/index.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { toNetwork } from "#lib/core/network.ts";
import { toAddress } from "#lib/http/address.ts";
import { localHeader } from "#lib/http/forwarded.ts";
import { type RateCaller, type RateQuotaOptions, RateQuotas } from "#lib/http/rate-quotas.ts";

const maxKnown = 10_000;

/** Holders of bearers that were valid when last looked up, by hash, the one unused for longest first. Not as of now. */
type Known = Map<string, string>;

/**
 * Rate limits of `/api/v1`, per process: those of the read API, with quotas of their own. Whether a bearer is valid only
 * the database can tell, so a network that sent too many wrong ones is asked for nothing but those that were valid when
 * last looked up, and nobody who has none left is looked up at all.
 */
export class ApiLimits {
  readonly #quotas: RateQuotas;
  readonly #known: Known = new Map();

  constructor(options: RateQuotaOptions) {
    this.#quotas = new RateQuotas(options);
  }

  /** Where one request stands. Headers are those the front door wrote. */
  meet(headers: Headers): ApiCharge {
    const network = headers.has(localHeader) ? null : toNetwork(toAddress(headers));
    return new ApiCharge(network, this.#quotas, this.#known);
  }
}

/** One request before the limits. */
class ApiCharge {
  /** What the answer says about limits, as names and values in turn; nothing until the request is counted. */
  headers: readonly string[] = [];
  readonly #network: string | null;
  readonly #quotas: RateQuotas;
  readonly #known: Known;

  constructor(network: string | null, quotas: RateQuotas, known: Known) {
    this.#network = network;
    this.#quotas = quotas;
    this.#known = known;
  }

  /** Counts the request. @throws DomainError `rate-limited`. */
  take(caller: RateCaller): void {
    const { headers, refusal } = this.#quotas.take(this.#network, caller);
    this.headers = headers;
    if (refusal) throw refusal;
  }

  /** Must come before a bearer is looked up. @throws DomainError `rate-limited` for who has none left. */
  admitBearer(bearer: string): void {
    const holder = this.#known.get(sha256Hex(bearer));
    const caller: RateCaller = holder === undefined ? { kind: "failed" } : { kind: "token", id: holder };
    if (this.#quotas.isOut(this.#network, caller)) this.take(caller);
  }

  /** Counts the request for the holder of a valid bearer. @throws DomainError `rate-limited`. */
  takeValid(bearer: string, holder: string): void {
    const hash = sha256Hex(bearer);
    this.#known.delete(hash);
    this.#known.set(hash, holder);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > maxKnown) this.#known.delete(oldest);
    this.take({ kind: "token", id: holder });
  }

  /** Counts the request as one with a bearer that is not valid. @throws DomainError `rate-limited`. */
  takeFailed(bearer: string): void {
    this.#known.delete(sha256Hex(bearer));
    this.take({ kind: "failed" });
  }
}

export type { ApiCharge };

const shared = globalThis as { countersignApiLimits?: ApiLimits };

/** The limits of this process. On globalThis, because a bundler may load this module more than once in one process. */
export function apiLimits(): ApiLimits {
  const { apiRatePerMinute: perMinute, apiTokenRatePerMinute: tokenPerMinute } = config();
  shared.countersignApiLimits ??= new ApiLimits({ perMinute, tokenPerMinute });
  return shared.countersignApiLimits;
}
