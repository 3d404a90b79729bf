import { type RateStanding, windowSeconds } from "#lib/http/rate-window.ts";

/** `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers has them since its version 8. */
export type RateHeaders = { "ratelimit-policy": string; ratelimit: string };

/** @param name of the policy: letters and hyphens. */
export function toRatePolicy(name: string, quota: number): string {
  return `"${name}";q=${quota};w=${windowSeconds}`;
}

export function toRateLimit(name: string, { remaining, resetSeconds }: RateStanding): string {
  return `"${name}";r=${remaining};t=${resetSeconds}`;
}
