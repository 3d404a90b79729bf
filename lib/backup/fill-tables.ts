import type pg from "pg";
import type { OnTable, PartFacts } from "#lib/backup/body.ts";
import { PartDigest, partHeader } from "#lib/backup/part.ts";
import { damaged } from "#lib/backup/refusals.ts";
import type { Schema, TableSchema } from "#lib/backup/store/schema.ts";
import { RowWriter } from "#lib/backup/store/write-rows.ts";

/**
 * Writes the lines of a backup's body into empty tables, and nothing that is not a row of the table whose turn it is.
 * @param parts what each table must be, in the schema's order.
 * @throws DomainError `invalid-input` when a table is not what `parts` says.
 */
export async function fillTables(
  client: pg.Client,
  { tables }: Schema,
  parts: readonly PartFacts[],
  lines: AsyncIterator<Buffer>,
  onTable: OnTable,
): Promise<void> {
  for (const [at, table] of tables.entries()) {
    await onTable(table.name, at, tables.length);
    const part = parts[at];
    if (!part) throw damaged(`it lacks table ${table.name}`);
    await fillTable(client, table, part, lines);
  }
  if (!(await lines.next()).done) throw damaged("it has more rows than it says");
}

async function fillTable(
  client: pg.Client,
  table: TableSchema,
  part: PartFacts,
  lines: AsyncIterator<Buffer>,
): Promise<void> {
  if ((await nextLine(lines)).toString("utf8") !== partHeader(table))
    throw damaged(`${table.name} is not at its place`);
  const digest = new PartDigest(table);
  const writer = new RowWriter(client, table);
  for (let row = 0; row < part.rows; row++) {
    const line = await nextLine(lines);
    digest.add(line);
    await writer.add(line.toString("utf8"));
  }
  await writer.finish();
  if (digest.finish().sha256 !== part.sha256) throw damaged(`the rows of ${table.name} are not those that were signed`);
}

async function nextLine(lines: AsyncIterator<Buffer>): Promise<Buffer> {
  const next = await lines.next();
  if (next.done) throw damaged("it has fewer rows than it says");
  return next.value;
}
