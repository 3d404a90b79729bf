import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { type DatabaseSlot, openPool, sharedDatabase as shared } from "#lib/db/pool.ts";

/** For a connection, and for a transaction to end: also of those that a single call makes by itself. */
const longestWaitMs = 10_000;
const longestTransactionMs = 15_000;

type Slot = DatabaseSlot & { client: PrismaClient };

/**
 * The one database client of this process, made at first use from DATABASE_URL (the application role).
 * A changed DATABASE_URL gives a new client; close the old one first with `closeDb`.
 * @throws Error when DATABASE_URL is unset.
 */
export function db(): PrismaClient {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set in this process.");
  if (shared.countersignDb?.url !== url) {
    const pool = openPool(url);
    const client = new PrismaClient({
      adapter: new PrismaPg(pool, { disposeExternalPool: true }),
      transactionOptions: { maxWait: longestWaitMs, timeout: longestTransactionMs },
    });
    const slot: Slot = { url, pool, client };
    shared.countersignDb = slot;
  }
  return (shared.countersignDb as Slot).client;
}

/** Closes every connection of this process's client. The next `db()` makes a new one. */
export async function closeDb(): Promise<void> {
  const slot = shared.countersignDb as Slot | undefined;
  shared.countersignDb = undefined;
  await slot?.client.$disconnect();
}
