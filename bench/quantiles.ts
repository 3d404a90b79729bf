export type Quantiles = { count: number; p50Ms: number; p99Ms: number; maxMs: number };

export function toQuantiles(milliseconds: readonly number[]): Quantiles {
  const ordered = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
  return { count: ordered.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: ordered.at(-1) ?? 0 };
}
