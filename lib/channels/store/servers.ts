import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

/** A server as a selection sees it, and whether anything of it is resolvable. */
export type SelectableServer = { id: string; name: string; tags: string[]; resolvable: boolean };

/** Every server, by name. */
export async function listSelectableServers(tx: Tx | null, now: Date): Promise<SelectableServer[]> {
  return (tx ?? db()).$queryRaw<SelectableServer[]>`
    SELECT s.id, s.name, ARRAY(SELECT t.tag FROM "ServerTag" t WHERE t."serverId" = s.id ORDER BY t.tag) AS tags,
           EXISTS (SELECT 1 FROM "Version" v
                   WHERE v."serverId" = s.id AND v.state = 'approved' AND v."expiresAt" > ${now}) AS resolvable
    FROM "Server" s ORDER BY s.name COLLATE "C"`;
}

export type ServerRow = { id: string; name: string; namespace: { name: string }; tags: { tag: string }[] };

export function findServer(tx: Tx | null, name: string): Promise<ServerRow | null> {
  return (tx ?? db()).server.findUnique({
    where: { name },
    select: { id: true, name: true, namespace: { select: { name: true } }, tags: { select: { tag: true } } },
  });
}

export async function hasResolvable(serverId: string, now: Date): Promise<boolean> {
  return (await db().version.count({ where: { serverId, state: "approved", expiresAt: { gt: now } } })) > 0;
}

export async function replaceTags(tx: Tx, serverId: string, tags: readonly string[], now: Date): Promise<void> {
  await tx.serverTag.deleteMany({ where: { serverId, tag: { notIn: [...tags] } } });
  const data = tags.map((tag) => ({ serverId, tag, createdAt: now }));
  await tx.serverTag.createMany({ data, skipDuplicates: true });
}

export async function hasVersion(name: string, version: string): Promise<boolean> {
  return (await db().version.count({ where: { version, server: { name } } })) > 0;
}

/** Each tag that a server carries, once, in order. */
export async function listTagNames(limit: number): Promise<string[]> {
  const rows = await db().serverTag.findMany({
    distinct: ["tag"],
    orderBy: { tag: "asc" },
    select: { tag: true },
    take: limit,
  });
  return rows.map(({ tag }) => tag);
}
