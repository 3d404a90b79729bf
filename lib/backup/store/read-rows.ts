import type pg from "pg";
import type { TableSchema } from "#lib/backup/store/schema.ts";

/** A row may be close to a megabyte; this many at a time are held. */
const fetchedRows = 100;

/**
 * The rows of a table that travel, in the order of their key, a few at a time: each a JSON array of texts and nulls, as
 * Postgres writes the values. To be called in a transaction, and read to its end before another query.
 */
export async function* readRows(
  client: pg.Client,
  { name, columns, only, order }: TableSchema,
): AsyncGenerator<string[]> {
  const texts = columns.map(([column]) => `"${column}"::text`).join(", ");
  const where = only === null ? "" : `WHERE ${only}`;
  await client.query(`DECLARE part NO SCROLL CURSOR FOR SELECT ${texts} FROM "${name}" ${where} ORDER BY ${order}`);
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `FETCH ${fetchedRows} FROM part`,
      rowMode: "array",
    });
    if (rows.length === 0) break;
    yield rows.map((row) => JSON.stringify(row));
  }
  await client.query("CLOSE part");
}
