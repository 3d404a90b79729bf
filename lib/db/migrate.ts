import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** The advisory lock Prisma's own schema engine takes, so that both tools exclude each other. */
const lockKey = 72707369;

const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

export type Migration = { name: string; sql: string; checksum: string };

export const migrationsDir = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/**
 * Applies every migration folder that the database does not have yet, in name order, each in one transaction, and
 * records them in Prisma's own table, so that `prisma migrate status` agrees afterwards. Safe to run from several
 * processes at once.
 * @param url connection string of the owner role.
 * @returns the names applied now; empty when the database was up to date.
 * @throws Error when an earlier migration failed, an applied one was edited since or is unknown here, or one fails now.
 */
export async function migrate(url: string, dir = migrationsDir): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    await client.query(createTable);
    const pending = await findPending(client, await readMigrations(dir));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The migration folders this version has, in name order. */
export async function readMigrations(dir = migrationsDir): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function findPending(client: pg.Client, known: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const checksums = new Map(known.map((migration) => [migration.name, migration.checksum]));
  for (const row of rows) {
    const name = row.migration_name;
    if (!row.finished_at) throw new Error(`Migration ${name} failed earlier; repair the database first.`);
    if (!checksums.has(name)) throw new Error(`The database has migration ${name}, which this version does not know.`);
    if (checksums.get(name) !== row.checksum) throw new Error(`Migration ${name} was edited after it was applied.`);
  }
  const done = new Set(rows.map((row) => row.migration_name));
  return known.filter((migration) => !done.has(migration.name));
}

/** The file and its record commit together, so a crash leaves either both or neither. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${name} failed and was rolled back: ${reason}`, { cause: error });
  }
}
