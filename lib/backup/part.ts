import { createHash } from "node:crypto";
import type { TableSchema } from "#lib/backup/store/schema.ts";

/** The line before the rows of a table. Compared when reading, never used. */
export function partHeader({ name, columns }: TableSchema): string {
  return JSON.stringify({ table: name, columns: columns.map(([column]) => column) });
}

/** Digest and number of the lines of one table, its header included in the digest. */
export class PartDigest {
  readonly #hash = createHash("sha256");
  #rows = 0;

  constructor(table: TableSchema) {
    this.#hash.update(`${partHeader(table)}\n`);
  }

  /** @param line without its line break. */
  add(line: string | Uint8Array): void {
    this.#hash.update(line).update("\n");
    this.#rows += 1;
  }

  finish(): { rows: number; sha256: string } {
    return { rows: this.#rows, sha256: this.#hash.digest("hex") };
  }
}
