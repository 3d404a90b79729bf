import type pg from "pg";
import { damaged } from "#lib/backup/refusals.ts";
import type { TableSchema } from "#lib/backup/store/schema.ts";

const batchRows = 500;
const batchCharacters = 4 * 1024 * 1024;

/**
 * Adds rows to one table in batches. Names and types in the statement are those of the database; what was read from the
 * file is a parameter of it.
 */
export class RowWriter {
  readonly #client: pg.Client;
  readonly #statement: string;
  readonly #width: number;
  #batch: string[] = [];
  #characters = 0;

  constructor(client: pg.Client, { name, columns }: TableSchema) {
    this.#client = client;
    this.#width = columns.length;
    const names = columns.map(([column]) => `"${column}"`).join(", ");
    const values = columns.map(([, type], at) => `(given.row->>${at})::${type}`).join(", ");
    this.#statement = `INSERT INTO "${name}" (${names}) SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS given(row)`;
  }

  /**
   * @param line a JSON array with a text or null for each column.
   * @throws DomainError `invalid-input` when it is anything else; the database's error when it refuses a row.
   */
  async add(line: string): Promise<void> {
    assertRow(line, this.#width);
    this.#batch.push(line);
    this.#characters += line.length;
    if (this.#batch.length >= batchRows || this.#characters >= batchCharacters) await this.finish();
  }

  async finish(): Promise<void> {
    if (this.#batch.length === 0) return;
    await this.#client.query(this.#statement, [`[${this.#batch.join(",")}]`]);
    this.#batch = [];
    this.#characters = 0;
  }
}

function assertRow(line: string, width: number): void {
  const row = readJson(line);
  const isRow = Array.isArray(row) && row.length === width;
  if (!isRow || !row.every((value) => value === null || typeof value === "string")) throw damaged("a row is malformed");
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw damaged("a row is malformed", error);
  }
}
