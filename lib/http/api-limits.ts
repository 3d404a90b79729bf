import { config } from "#lib/config/index.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { toNetwork } from "#lib/core/network.ts";
import { toAddress } from "#lib/http/address.ts";
import { localHeader } from "#lib/http/forwarded.ts";
import { type RateCaller, type RateQuotaOptions, RateQuotas } from "#lib/http/rate-quotas.ts";

const maxKnown = 10_000;

/**
 * Rate limits of `/api/v1`, per process: those of the read API, with quotas of their own. Whether a bearer is valid only
 * the database can tell, so a network that sent too many wrong ones is asked for nothing but those that were valid lately.
 */
export class ApiLimits {
  readonly #quotas: RateQuotas;
  /** Hashes of bearers that were valid when last looked up, the one unused for longest first. Says nothing of now. */
  readonly #known = new Set<string>();

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
  readonly #known: Set<string>;

  constructor(network: string | null, quotas: RateQuotas, known: Set<string>) {
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

  /** Must come before a bearer is looked up. @throws DomainError `rate-limited` where too many were wrong. */
  admitBearer(bearer: string): void {
    if (this.#quotas.isOut(this.#network) && !this.#known.has(sha256Hex(bearer))) this.take({ kind: "failed" });
  }

  /** Counts the request for the holder of a valid bearer. @throws DomainError `rate-limited`. */
  takeValid(bearer: string, holder: string): void {
    const hash = sha256Hex(bearer);
    this.#known.delete(hash);
    this.#known.add(hash);
    const [oldest] = this.#known;
    if (oldest !== undefined && this.#known.size > maxKnown) this.#known.delete(oldest);
    this.take({ kind: "token", id: holder });
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
