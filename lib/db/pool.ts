import pg from "pg";
import type { Family } from "#lib/metrics/index.ts";

export type DatabaseSlot = { url: string; pool: pg.Pool };

/** On globalThis, because a bundler may load this module more than once in one process. */
export const sharedDatabase = globalThis as { countersignDb?: DatabaseSlot };

const standardSize = 10;
const longestWaitMs = 10_000;

/**
 * A pool of connections; at most DATABASE_POOL_SIZE of them, which the start has checked.
 * @param waitMs for one of them: afterwards whoever waits is told that the database does not answer.
 */
export function openPool(url: string, waitMs = longestWaitMs): pg.Pool {
  const max = Number(process.env.DATABASE_POOL_SIZE) || standardSize;
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: waitMs });
  // An idle connection that breaks is replaced at its next use.
  pool.on("error", () => {});
  // One that breaks before whoever waited for it has it: its first query fails, and an error nobody listens to ends us.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** How this process uses its pool; nothing before its first use. */
export function describePool(): Family[] {
  const pool = sharedDatabase.countersignDb?.pool;
  if (!pool) return [];
  const sample = (state: string, value: number) => ({ suffix: "" as const, labels: { state }, value });
  return [
    {
      name: "countersign_database_connections",
      help: "Connections of the pool, and callers waiting for one.",
      type: "gauge",
      samples: [
        sample("busy", pool.totalCount - pool.idleCount),
        sample("idle", pool.idleCount),
        sample("waiting", pool.waitingCount),
      ],
    },
    {
      name: "countersign_database_connections_max",
      help: "Connections the pool may open.",
      type: "gauge",
      samples: [{ suffix: "", labels: {}, value: pool.options.max }],
    },
  ];
}
