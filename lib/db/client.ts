import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#lib/db/generated/client.ts";

type Slot = { url: string; client: PrismaClient };

// On globalThis, because a bundler may load this module more than once in one process.
const shared = globalThis as { countersignDb?: Slot };

/**
 * The one database client of this process, made at first use from DATABASE_URL (the application role).
 * A changed DATABASE_URL gives a new client; close the old one first with `closeDb`.
 * @throws Error when DATABASE_URL is unset.
 */
export function db(): PrismaClient {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set in this process.");
  if (shared.countersignDb?.url !== url) {
    shared.countersignDb = { url, client: new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) }) };
  }
  return shared.countersignDb.client;
}

/** Closes every connection of this process's client. The next `db()` makes a new one. */
export async function closeDb(): Promise<void> {
  const slot = shared.countersignDb;
  shared.countersignDb = undefined;
  await slot?.client.$disconnect();
}
