import pg from "pg";

/** Rows of these tables are written once: the application role may add and read, never change or remove. */
const appendOnly = ["LedgerEntry", "RefusalEntry"];

/** Rows of these tables may change but never disappear. */
const neverDeleted = ["Version", "Bundle", "Approval", "Vote", "Server", "Namespace", "Channel", "ChannelSecret"];

const migrations = "SELECT (migration_name, checksum, finished_at, rolled_back_at)";

/**
 * What a process that only reads needs: no password, no address of a person, no session, no pending change. Counts of
 * who resolved what are all it writes.
 */
const readerRights: Readonly<Record<string, string>> = {
  _prisma_migrations: migrations,
  Instance: "SELECT",
  Server: "SELECT",
  ServerTag: "SELECT",
  Version: "SELECT",
  Approval: "SELECT",
  Bundle: "SELECT",
  LedgerHead: "SELECT",
  LedgerEntry: `SELECT (seq, sha256, at, action, "serverName")`,
  Channel: "SELECT",
  ChannelSecret: "SELECT",
  ChannelMove: "SELECT",
  Token: `SELECT (id, "tokenHash", "ownerId", scopes, channels, "expiresAt", "revokedAt")`,
  Person: "SELECT (id, state)",
  Resolution: "SELECT, INSERT, UPDATE",
};

/**
 * Gives the application role exactly what the product needs, after every migration. Idempotent; runs as the owner role.
 * @param ownerUrl connection string of the role that owns the tables.
 * @param role name of the application role; must exist and must not be the owner, whose rights nothing can reduce.
 */
export function grantApplicationRole(ownerUrl: string, role: string): Promise<void> {
  return grant(ownerUrl, role, { rightsOn, sequences: true });
}

/**
 * As grantApplicationRole, for the role of processes that only read.
 * @throws Error when the role does not exist.
 */
export function grantReaderRole(ownerUrl: string, role: string): Promise<void> {
  return grant(ownerUrl, role, { rightsOn: (table) => readerRights[table] ?? null, sequences: false });
}

type Rights = { rightsOn: (table: string) => string | null; sequences: boolean };

/** In one transaction, so that a role at work never has too little. */
async function grant(ownerUrl: string, role: string, rights: Rights): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const grantee = pg.escapeIdentifier(role);
  try {
    await client.query("BEGIN");
    await client.query(`GRANT USAGE ON SCHEMA public TO ${grantee}`);
    for (const table of await listTables(client)) {
      const name = pg.escapeIdentifier(table);
      const wanted = rights.rightsOn(table);
      await client.query(`REVOKE ALL ON ${name} FROM ${grantee}`);
      if (wanted) await client.query(`GRANT ${wanted} ON ${name} TO ${grantee}`);
    }
    if (rights.sequences) await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${grantee}`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

function rightsOn(table: string): string {
  // What a process that never migrates waits for, and nothing else of it.
  if (table === "_prisma_migrations") return migrations;
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
