import type pg from "pg";
import { PartDigest, partHeader } from "#lib/backup/part.ts";
import { readRows } from "#lib/backup/store/read-rows.ts";
import type { Schema, TableSchema } from "#lib/backup/store/schema.ts";
import type { BackupPredicate } from "#lib/signing/index.ts";

export type PartFacts = BackupPredicate["tables"][number];

/** Told of each table when its turn comes, and waited for. */
export type OnTable = (name: string, at: number, of: number) => void | Promise<void>;

/**
 * Every row that travels as text, table by table; `parts` gets what each one was.
 * @throws DomainError `conflict` for a row that is too large to be restored.
 */
export async function* readBody(
  client: pg.Client,
  { tables }: Schema,
  parts: PartFacts[],
  onTable: OnTable,
): AsyncGenerator<string> {
  for (const [at, table] of tables.entries()) {
    await onTable(table.name, at, tables.length);
    yield `${partHeader(table)}\n`;
    const digest = new PartDigest(table);
    for await (const rows of readRows(client, table)) {
      for (const row of rows) digest.add(row);
      yield `${rows.join("\n")}\n`;
    }
    parts.push(toFacts(table, digest));
  }
}

/** What `readBody` would say of each table as it is in the database now. */
export async function digestTables(client: pg.Client, { tables }: Schema): Promise<PartFacts[]> {
  const parts: PartFacts[] = [];
  for (const table of tables) {
    const digest = new PartDigest(table);
    for await (const rows of readRows(client, table)) for (const row of rows) digest.add(row);
    parts.push(toFacts(table, digest));
  }
  return parts;
}

function toFacts({ name, columns }: TableSchema, digest: PartDigest): PartFacts {
  return { name, columns, ...digest.finish() };
}
