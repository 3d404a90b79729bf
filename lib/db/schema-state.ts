import pg from "pg";
import { migrationsDir, readMigrations } from "#lib/db/migrate.ts";

export type SchemaState =
  /** Everything this version needs is there. `newer` are migrations of later versions, which it can live with. */
  | { kind: "usable"; newer: string[] }
  /** Not yet: waiting may help. */
  | { kind: "behind"; reason: string }
  /** Never again: this version is too old for the database, or another product's. */
  | { kind: "incompatible"; reason: string };

/**
 * A migration that takes away something says in its name since when nothing needs it any more: processes whose newest
 * migration is older than these 14 digits must not run against it.
 */
const contract = /_contract_after_(\d{14})(_|$)/;

/**
 * Compares a database with the migrations of this version, for processes that never migrate. Later versions only add,
 * until a contract migration says otherwise, so a database from a later version is usable during an upgrade.
 * @param url connection string of any role that may see which migrations there are.
 */
export async function readSchemaState(url: string, dir = migrationsDir): Promise<SchemaState> {
  const known = await readMigrations(dir);
  const applied = await readApplied(url);
  if (typeof applied === "string") return { kind: "behind", reason: applied };
  const edited = known.find(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum);
  if (edited) return { kind: "incompatible", reason: `Migration ${edited.name} was edited after it was applied.` };
  const names = known.map(({ name }) => name);
  const newer = [...applied.keys()].filter((name) => !names.includes(name)).sort();
  const tooNew = newer.find((name) => (contract.exec(name)?.[1] ?? "") > (names.at(-1) ?? "").slice(0, 14));
  if (tooNew) return { kind: "incompatible", reason: `The database has ${tooNew}: this version is too old for it.` };
  const missing = names.filter((name) => !applied.has(name));
  if (missing.length > 0) return { kind: "behind", reason: `it lacks ${missing.length} migrations` };
  return { kind: "usable", newer };
}

/** Names and checksums of finished migrations; a sentence when they cannot be read, which may pass. */
async function readApplied(url: string): Promise<Map<string, string> | string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  // A connection that breaks while idle is noticed by the next query.
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    return new Map(rows.map((row) => [row.migration_name, row.checksum]));
  } catch (error) {
    return explain(error as Error & { code?: string });
  } finally {
    await client.end().catch(() => {});
  }
}

function explain(error: Error & { code?: string }): string {
  if (error.code === "42P01" || error.code === "42501") return "it has not been migrated for this role";
  return error.message || error.code || "it does not answer";
}
