import { db } from "#lib/db/client.ts";

type CountRow = { name: string; count: bigint };

/** Rows of every table the application may read, by table: equal before and after means that nothing was written. */
export async function countTables(...except: string[]): Promise<Record<string, number>> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY tablename`;
  const counted = tables.filter(({ name }) => !except.includes(name));
  const parts = counted.map(({ name }) => `SELECT '${name}' AS name, count(*) AS count FROM "${name}"`);
  const rows = await db().$queryRawUnsafe<CountRow[]>(parts.join(" UNION ALL "));
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
}
