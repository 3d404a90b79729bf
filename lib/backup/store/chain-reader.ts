import type pg from "pg";
import { type ChainReader, selectPortion } from "#lib/ledger/index.ts";

/** bigint arrives as text. */
type Numbered<Row> = Row extends { seq: bigint } ? Omit<Row, "seq"> & { seq: string } : never;
type Rows<Name extends "readLedgerAfter" | "readRefusalsAfter"> = Awaited<ReturnType<ChainReader[Name]>>;
type Head = { seq: bigint; at: Date; sha256: string };

const select = (columns: string, table: Parameters<typeof selectPortion>[0]) => `
  SELECT seq, at, namespace, subject, body, "prevSha256", sha256, ${columns} FROM "${table}"
  WHERE seq IN (${selectPortion(table)}) ORDER BY seq`;

/** Both chains and the countersignatures as one transaction sees them. */
export function readChainsWith(client: pg.Client): ChainReader {
  const readHead = async (table: "LedgerHead" | "RefusalHead") => {
    const { rows } = await client.query<Numbered<Head>>(`SELECT seq, at, sha256 FROM "${table}" WHERE id = 1`);
    return rows[0] ? withNumber(rows[0]) : null;
  };
  return {
    readHeads: async () => ({ ledger: await readHead("LedgerHead"), refusals: await readHead("RefusalHead") }),
    async readLedgerAfter(seq, limit) {
      const sql = select(`action, "actorLabel", "serverName"`, "LedgerEntry");
      const { rows } = await client.query<Numbered<Rows<"readLedgerAfter">[number]>>(sql, [String(seq), limit]);
      return rows.map(withNumber);
    },
    async readRefusalsAfter(seq, limit) {
      const sql = select("kind", "RefusalEntry");
      const { rows } = await client.query<Numbered<Rows<"readRefusalsAfter">[number]>>(sql, [String(seq), limit]);
      return rows.map(withNumber);
    },
    async readCountersignaturesAfter(id, limit) {
      const after = id === null ? "" : "WHERE id > $2";
      const sql = `SELECT id, sha256, bundle FROM "Approval" ${after} ORDER BY id LIMIT $1`;
      return (await client.query(sql, id === null ? [limit] : [limit, id])).rows;
    },
  };
}

function withNumber<Row extends { seq: string }>(row: Row): Omit<Row, "seq"> & { seq: bigint } {
  return { ...row, seq: BigInt(row.seq) };
}
