import pg from "pg";

/** Rows per table of the test database, read past the product; equal before and after means nothing was written. */
export async function countRows(ownerUrl: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const tables = await client.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    );
    const counts: Record<string, number> = {};
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${pg.escapeIdentifier(tablename)}`);
      counts[tablename] = Number(rows[0]?.n);
    }
    return counts;
  } finally {
    await client.end();
  }
}

/** Refusals are recorded in their own chain, which has its counters: everything else must stay as it was. */
export function withoutRefusals(counts: Record<string, number>): Record<string, number> {
  const { RefusalEntry: _entries, Throttle: _counters, ...rest } = counts;
  return rest;
}
