import type pg from "pg";

/** Loosenings of policy that are neither applied nor cancelled. */
export async function countWaitingChanges(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "PolicyChange" WHERE state = 'waiting'`,
  );
  return rows[0]?.count ?? 0;
}

export type VersionName = { name: string; version: string };

type Revoked = VersionName & { manifestDigest: string };

/** Which of these versions are here with the same bytes, and not revoked. */
export async function findUnrevoked(client: pg.Client, revoked: readonly Revoked[]): Promise<VersionName[]> {
  const { rows } = await client.query<VersionName>(
    `SELECT s.name, v.version FROM unnest($1::text[], $2::text[], $3::text[]) AS r(name, version, digest)
     JOIN "Server" s ON s.name = r.name
     JOIN "Version" v ON v."serverId" = s.id AND v.version = r.version AND v."manifestDigest" = r.digest
     WHERE v.state <> 'revoked' ORDER BY s.name COLLATE "C", v.version COLLATE "C"`,
    [
      revoked.map(({ name }) => name),
      revoked.map(({ version }) => version),
      revoked.map(({ manifestDigest }) => manifestDigest),
    ],
  );
  return rows;
}
