import type pg from "pg";
import type { TableSchema } from "#lib/backup/store/schema.ts";

/** Sizes and keys, which are short: an index holds no key over a few kilobytes. */
const knownAhead = 500;

type RowSize = { bytes: number; key: string };

/** How many rows to fetch next, or the row because of which none can be. */
export type Portion = { rows: number; tooLarge: RowSize | null };

/** Reads ahead how large the rows of a table are as text, without reading them. */
export class RowSizes {
  readonly #client: pg.Client;
  #ahead: RowSize[] = [];

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @param from where the rows are, in which order: SQL from FROM on, which calls the table `t`. */
  static async open(client: pg.Client, { columns, key }: TableSchema, from: string): Promise<RowSizes> {
    const bytes = columns.map(sizeOf).join(" + ");
    const keys = key.map((column) => `t."${column}"`).join(", ");
    await client.query(`
      DECLARE sizes NO SCROLL CURSOR FOR SELECT (${bytes})::float8 AS bytes, concat_ws(', ', ${keys}) AS key ${from}`);
    return new RowSizes(client);
  }

  /** As many rows as have at most `heldBytes` together, at least one; none at the end or before one over `rowBytes`. */
  async take(heldBytes: number, rowBytes: number): Promise<Portion> {
    let rows = 0;
    for (let held = 0; ; rows++) {
      const next = await this.#peek();
      if (!next) return { rows, tooLarge: null };
      if (next.bytes > rowBytes) return { rows, tooLarge: rows > 0 ? null : next };
      held += next.bytes;
      if (rows > 0 && held > heldBytes) return { rows, tooLarge: null };
      this.#ahead.shift();
    }
  }

  async close(): Promise<void> {
    await this.#client.query("CLOSE sizes");
  }

  async #peek(): Promise<RowSize | undefined> {
    if (this.#ahead.length === 0) {
      this.#ahead = (await this.#client.query<RowSize>(`FETCH ${knownAhead} FROM sizes`)).rows;
    }
    return this.#ahead[0];
  }
}

/** Of a value as text, without making that text where its length is known. */
function sizeOf([column, type]: [name: string, type: string]): string {
  const bytes = type === "bytea" ? `2 + 2 * octet_length(t."${column}")::bigint` : `octet_length(t."${column}"::text)`;
  return `coalesce(${bytes}, 0)`;
}
