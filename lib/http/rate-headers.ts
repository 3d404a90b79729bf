import { type RateStanding, windowSeconds } from "#lib/http/rate-window.ts";

/** Value of `RateLimit-Policy`. @param name of the policy: letters and hyphens. */
export function toRatePolicy(name: string, quota: number): string {
  return `"${name}";q=${quota};w=${windowSeconds}`;
}

/**
 * `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers has them from its version 8 on: names and
 * values in turn, which Node writes fastest.
 */
export function toRateHeaders(name: string, policy: string, { remaining, resetSeconds }: RateStanding): string[] {
  return ["ratelimit-policy", policy, "ratelimit", `"${name}";r=${remaining};t=${resetSeconds}`];
}
