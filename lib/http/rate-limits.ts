import type { IncomingMessage } from "node:http";
import { OriginMemory } from "#lib/http/rate-origin.ts";
import { type RateCaller, type RateQuotaOptions, RateQuotas, type RateVerdict } from "#lib/http/rate-quotas.ts";

export type { RateCaller, RateVerdict } from "#lib/http/rate-quotas.ts";

export type ReadLimitOptions = RateQuotaOptions & {
  /** Addresses and CIDR ranges whose forwarded headers count. */
  trustedProxies: string[];
};

/**
 * Rate limits of the read API, per process. Not counted: peers on this machine, unless they are a configured proxy. From
 * a configured proxy the forwarded address counts; from anyone else it is not read. Wrong credentials never hold back
 * those who have valid ones.
 */
export class ReadLimits {
  readonly #quotas: RateQuotas;
  readonly #origins: OriginMemory;

  constructor(options: ReadLimitOptions) {
    this.#origins = new OriginMemory(options.trustedProxies);
    this.#quotas = new RateQuotas(options);
  }

  /** Counts a request, before it is answered. */
  take(request: IncomingMessage, caller: RateCaller): RateVerdict {
    return this.#quotas.take(this.#origins.find(request), caller);
  }

  /** Counts what an answer cost beyond its request: felt by the next one. */
  add(request: IncomingMessage, caller: RateCaller, cost: number): void {
    this.#quotas.add(this.#origins.find(request), caller, cost);
  }
}
