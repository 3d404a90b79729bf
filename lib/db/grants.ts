import pg from "pg";

/** Rows of these tables are written once: the application role may add and read, never change or remove. */
const appendOnly = ["LedgerEntry", "RefusalEntry"];

/** Rows of these tables may change but never disappear. */
const neverDeleted = ["Version", "Bundle", "Approval", "Vote", "Server", "Namespace", "Channel", "ChannelSecret"];

/**
 * Gives the application role exactly what the product needs, after every migration. Idempotent; runs as the owner role.
 * @param ownerUrl connection string of the role that owns the tables.
 * @param role name of the application role; must exist and must not be the owner, whose rights nothing can reduce.
 */
export async function grantApplicationRole(ownerUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const grantee = pg.escapeIdentifier(role);
  try {
    await client.query("BEGIN");
    await client.query(`GRANT USAGE ON SCHEMA public TO ${grantee}`);
    for (const table of await listTables(client)) {
      const name = pg.escapeIdentifier(table);
      await client.query(`REVOKE ALL ON ${name} FROM ${grantee}`);
      await client.query(`GRANT ${rightsOn(table)} ON ${name} TO ${grantee}`);
    }
    await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${grantee}`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

function rightsOn(table: string): string {
  // What a process that never migrates waits for, and nothing else of it.
  if (table === "_prisma_migrations") return "SELECT (migration_name, checksum, finished_at, rolled_back_at)";
  if (appendOnly.includes(table)) return "SELECT, INSERT";
  if (neverDeleted.includes(table)) return "SELECT, INSERT, UPDATE";
  return "SELECT, INSERT, UPDATE, DELETE";
}

async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  );
  return rows.map((row) => row.tablename);
}
