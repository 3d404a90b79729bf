export { expositionType, type Family, labelled, merge, type Sample, toExposition } from "#lib/metrics/exposition.ts";
export { describeProcess } from "#lib/metrics/process.ts";
export { type RateLimitKind, rateLimitedRequests } from "#lib/metrics/rate-limited.ts";
export { type Counter, type Histogram, Metrics, metrics } from "#lib/metrics/registry.ts";
