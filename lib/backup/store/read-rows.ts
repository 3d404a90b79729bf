import type pg from "pg";
import { maxLineBytes } from "#lib/backup/lines.ts";
import { RowSizes } from "#lib/backup/store/row-sizes.ts";
import type { TableSchema } from "#lib/backup/store/schema.ts";
import { DomainError } from "#lib/core/errors.ts";
import { escapeForTerminal } from "#lib/core/escape.ts";

export type RowLimits = {
  /** Of one row: its values as text, and the line it becomes. */
  rowBytes: number;
  /** Of the rows held at a time, unless a single one is larger. */
  heldBytes: number;
};

const limits: RowLimits = { rowBytes: maxLineBytes, heldBytes: 8 * 1024 * 1024 };

/**
 * The rows of a table that travel, in the order of their key, a few at a time: each a JSON array of texts and nulls, as
 * Postgres writes the values. How large a row is is known before it is fetched, so that no more than the limits is ever
 * held, whatever the table holds. To be called in a transaction, and read to its end before another query.
 * @throws DomainError `conflict` naming the first row over `rowBytes`, which is not fetched.
 */
export async function* readRows(
  client: pg.Client,
  table: TableSchema,
  { rowBytes, heldBytes }: RowLimits = limits,
): AsyncGenerator<string[]> {
  const { name, columns, only, order } = table;
  const texts = columns.map(([column]) => `t."${column}"::text`).join(", ");
  const where = only === null ? "" : `WHERE ${only}`;
  const from = `FROM "${name}" AS t ${where} ORDER BY ${order}`;
  const sizes = await RowSizes.open(client, table, from);
  await client.query(`DECLARE part NO SCROLL CURSOR FOR SELECT ${texts} ${from}`);
  for (;;) {
    const { rows, tooLarge } = await sizes.take(heldBytes, rowBytes);
    if (tooLarge) throw refuse(name, tooLarge.key, tooLarge.bytes, rowBytes);
    if (rows === 0) break;
    yield await fetchLines(client, table, rows, rowBytes);
  }
  await client.query("CLOSE part");
  await sizes.close();
}

async function fetchLines(client: pg.Client, table: TableSchema, count: number, rowBytes: number): Promise<string[]> {
  const text = `FETCH ${count} FROM part`;
  const { rows } = await client.query<(string | null)[]>({ text, rowMode: "array" });
  return rows.map((row) => {
    const line = JSON.stringify(row);
    const bytes = Buffer.byteLength(line);
    if (bytes > rowBytes) throw refuse(table.name, keyOf(table, row), bytes, rowBytes);
    return line;
  });
}

function keyOf({ columns, key }: TableSchema, row: readonly (string | null)[]): string {
  return row.filter((_, at) => key.includes(columns[at]?.[0] ?? "")).join(", ");
}

/** Whoever restores reads no longer line: a backup that nobody can restore must not look like one. */
function refuse(table: string, key: string, bytes: number, rowBytes: number): DomainError {
  const row = `The row of ${table} with key ${escapeForTerminal(key, { maxChars: 300 })}`;
  return new DomainError("conflict", `${row} has ${bytes} bytes; a backup holds ${rowBytes} of one row at most.`);
}
