import type pg from "pg";
import { unfit } from "#lib/backup/refusals.ts";
import { backupTables, leftTables, tablesWithFirstRow } from "#lib/backup/tables.ts";

const tables = [...backupTables.map(({ name }) => name), ...leftTables];

/** Nobody listens to an empty database, and a notification for each event would be one too many. */
const pausedTriggers: readonly [table: string, trigger: string][] = [
  ...tablesWithFirstRow.map((table): [string, string] => [table, "never_removed"]),
  ["LedgerEntry", "announced"],
];

/**
 * Takes an empty, migrated database for this transaction alone and removes the few rows its migrations made. Pausing
 * the triggers that forbid this is for the owner of the tables only.
 * @throws DomainError `conflict` when it is not empty, in use, or another role's; nothing was changed then.
 */
export async function takeEmptyDatabase(client: pg.Client): Promise<void> {
  await client.query("SET LOCAL lock_timeout = '5s'");
  await query(client, `LOCK TABLE ${tables.map((name) => `"${name}"`).join(", ")} IN ACCESS EXCLUSIVE MODE`);
  await assertEmpty(client);
  for (const [table, trigger] of pausedTriggers)
    await query(client, `ALTER TABLE "${table}" DISABLE TRIGGER ${trigger}`);
  for (const table of tablesWithFirstRow) await client.query(`DELETE FROM "${table}"`);
}

/**
 * Everything that guards the tables guards them again, and has looked at every row.
 * @throws the database's error for rows that break a rule about several.
 */
export async function guardDatabase(client: pg.Client): Promise<void> {
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  for (const [table, trigger] of pausedTriggers) await client.query(`ALTER TABLE "${table}" ENABLE TRIGGER ${trigger}`);
}

async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows: instances } = await client.query<{ registryId: string }>('SELECT "registryId" FROM "Instance"');
  if (instances[0]) throw unfit(`This database already holds the registry ${instances[0].registryId}.`);
  const counts = tables.map(
    (name) => `SELECT '${name}' AS name, EXISTS (SELECT 1 FROM "${name}" ${beyondFirst(name)}) AS used`,
  );
  const { rows } = await client.query<{ name: string; used: boolean }>(counts.join(" UNION ALL "));
  const used = rows.filter((row) => row.used).map((row) => row.name);
  if (used.length > 0) throw unfit(`This database is not empty: there are rows in ${used.join(", ")}.`);
}

function beyondFirst(table: string): string {
  if (table === "Channel") return "WHERE slug <> 'default' OR edition <> 1";
  return tablesWithFirstRow.includes(table) ? "WHERE seq <> 0" : "";
}

async function query(client: pg.Client, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "55P03") throw unfit("Something else is using this database: stop it first.", error);
    if (code === "42501") throw unfit("Only the role that owns the tables may restore: set DATABASE_OWNER_URL.", error);
    throw error;
  }
}
