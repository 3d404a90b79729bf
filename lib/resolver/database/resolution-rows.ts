import type pg from "pg";
import { withConnection } from "#lib/resolver/database/connection.ts";
import type { ResolutionBatch, ResolutionCount } from "#lib/resolver/source.ts";

const insert = `
  INSERT INTO "Resolution" (day, "channelId", reader, name, version, count, "lastAt")
  SELECT * FROM unnest($1::date[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
  ON CONFLICT (day, "channelId", reader, name, version) DO UPDATE
  SET count = "Resolution".count + excluded.count, "lastAt" = greatest("Resolution"."lastAt", excluded."lastAt")`;

// A number that is not lower than the next one was never given out: this is not the database it came from.
const selectOutcome = `
  SELECT CASE WHEN $1::xid8 < pg_current_xact_id() THEN pg_xact_status($1::xid8) END AS outcome`;

/**
 * Adds counts in one transaction. When the connection breaks while it commits, the batch keeps the transaction's number,
 * and the next attempt first asks what became of it.
 */
export function writeResolutions(pool: pg.Pool, batch: ResolutionBatch): Promise<void> {
  return withConnection(pool, async (client) => {
    if (batch.doubtful !== null && (await isWritten(client, batch.doubtful))) return;
    await client.query("BEGIN");
    await client.query(insert, toColumns(batch.counts));
    const { rows } = await client.query<{ xid: string }>("SELECT pg_current_xact_id()::text AS xid");
    batch.doubtful = rows[0]?.xid ?? null;
    await client.query("COMMIT");
  });
}

async function isWritten(client: pg.ClientBase, transaction: string): Promise<boolean> {
  const { rows } = await client.query<{ outcome: string | null }>(selectOutcome, [transaction]);
  if (rows[0]?.outcome === "in progress") throw new Error("the earlier attempt has not ended yet");
  return rows[0]?.outcome === "committed";
}

/** In one order, so that writers of the same rows wait for each other instead of for ever. */
function toColumns(counts: readonly ResolutionCount[]): unknown[][] {
  const key = ({ day, channelId, reader, name, version }: ResolutionCount) =>
    [day, channelId, reader, name, version].join(" ");
  const ordered = counts
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
  const column = <Key extends keyof ResolutionCount>(name: Key) => ordered.map((row) => row[name]);
  return [
    column("day"),
    column("channelId"),
    column("reader"),
    column("name"),
    column("version"),
    column("count"),
    column("lastAt"),
  ];
}
