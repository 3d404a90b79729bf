import { type Counter, metrics } from "#lib/metrics/registry.ts";

/**
 * What a request was refused by: the quota of its network, of its token or person, or of wrong credentials; the share of
 * time that validating may take; too many at once; too many forms; too many attempts at a password or code.
 */
export type RateLimitKind =
  | "address"
  | "token"
  | "failed-credentials"
  | "validation"
  | "concurrency"
  | "forms"
  | "sign-in";

/** Counts requests answered 429 because their caller, or all together, asked too often. */
export function rateLimitedRequests(kind: RateLimitKind): Counter {
  return metrics().counter("countersign_rate_limited_requests_total", "Requests refused for asking too often.", {
    kind,
  });
}
