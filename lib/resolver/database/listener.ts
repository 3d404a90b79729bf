import pg from "pg";
import type { Log } from "#lib/resolver/source.ts";

const channel = "countersign_ledger";
const firstDelayMs = 250;
const longestDelayMs = 10_000;

/**
 * Keeps one connection that listens for ledger entries, and connects again with growing pauses when it is lost. Every
 * new connection wakes too, because entries may have come in between.
 * @returns a function that ends it and its connection.
 */
export function listenToLedger(connectionString: string, wake: () => void, log: Log): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let delayMs = firstDelayMs;
  let stopped = false;

  const lose = (lost: pg.Client, error?: Error) => {
    if (client !== lost) return;
    client = null;
    void lost.end().catch(() => {});
    if (stopped) return;
    log.warn({ event: "listener-lost", retryMs: delayMs, err: error }, "Ledger notifications lost; polling goes on");
    timer = setTimeout(() => void connect(), delayMs);
    delayMs = Math.min(delayMs * 2, longestDelayMs);
  };

  const connect = async () => {
    const next = new pg.Client({
      connectionString,
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      application_name: "countersign resolver",
    });
    client = next;
    next.on("error", (error) => lose(next, error));
    next.on("end", () => lose(next));
    next.on("notification", wake);
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
      delayMs = firstDelayMs;
      wake();
    } catch (error) {
      lose(next, error instanceof Error ? error : new Error(String(error)));
    }
  };

  void connect();
  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await client?.end().catch(() => {});
  };
}
