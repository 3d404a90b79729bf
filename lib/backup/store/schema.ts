import type pg from "pg";
import { backupTables } from "#lib/backup/tables.ts";

export type TableSchema = {
  name: string;
  /** Name and type of each, as the database writes them. */
  columns: [name: string, type: string][];
  /** Condition for the rows that travel, in SQL. */
  only: string | null;
  /** Columns of its key. */
  key: string[];
  /** What its rows are put in order by, in SQL that calls the table `t`: as it is stored, not as the text of it. */
  order: string;
};

export type Schema = { migrations: { name: string; sha256: string }[]; tables: TableSchema[] };

type ColumnRow = { table: string; column: string; type: string; collates: boolean; key: number | null };

const selectColumns = `
  SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS "type",
         a.attcollation <> 0 AS collates, array_position(i.indkey::int2[], a.attnum) AS "key"
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
  WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname = ANY($1)
  ORDER BY c.relname, a.attnum`;

const selectMigrations = `
  SELECT migration_name AS name, checksum AS sha256 FROM "_prisma_migrations"
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`;

/**
 * The tables that travel, as this database has them, in their order.
 * @throws Error when one is missing.
 */
export async function readSchema(client: pg.Client): Promise<Schema> {
  const { rows: migrations } = await client.query<{ name: string; sha256: string }>(selectMigrations);
  const { rows } = await client.query<ColumnRow>(selectColumns, [backupTables.map(({ name }) => name)]);
  const byTable = Map.groupBy(rows, ({ table }) => table);
  const tables = backupTables.map(({ name, only }) => toTable(name, only ?? null, byTable.get(name) ?? []));
  return { migrations, tables };
}

function toTable(name: string, only: string | null, rows: ColumnRow[]): TableSchema {
  if (rows.length === 0) throw new Error(`The database has no table ${name}.`);
  const key = rows.filter((row) => row.key !== null).sort((a, b) => Number(a.key) - Number(b.key));
  return {
    name,
    columns: rows.map(({ column, type }) => [column, type]),
    only,
    key: key.map(({ column }) => column),
    // Bytewise, because collations differ from server to server.
    order: key.map(({ column, collates }) => `t."${column}"${collates ? ' COLLATE "C"' : ""}`).join(", "),
  };
}
