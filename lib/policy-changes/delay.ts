import { config } from "#lib/config/index.ts";

const hourMs = 3_600_000;

/** How long a loosening waits where nobody can confirm it, and how long somebody new counts for nothing in one. */
export function looseningDelayMs(): number {
  return config().looseningDelayHours * hourMs;
}
