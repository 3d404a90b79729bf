import { db } from "#lib/db/client.ts";

export type TableContents = Record<string, { rows: number; digest: string }>;

/**
 * Every table the application may read, by name, with the number of its rows and a digest of what is in them: equal
 * before and after means that nothing was written, changed or removed.
 */
export async function readTableContents(...except: string[]): Promise<TableContents> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY tablename`;
  const parts = tables
    .filter(({ name }) => !except.includes(name))
    .map(
      ({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows,
        md5(coalesce(string_agg(md5(t::text), '' ORDER BY t::text), '')) AS digest FROM "${name}" t`,
    );
  const found = await db().$queryRawUnsafe<{ name: string; rows: number; digest: string }[]>(parts.join(" UNION ALL "));
  return Object.fromEntries(found.map(({ name, ...contents }) => [name, contents]));
}
