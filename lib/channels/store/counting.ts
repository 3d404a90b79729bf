import { db } from "#lib/db/client.ts";

/** Hash of the ledger's last entry: as long as it is the same, nobody has changed anything. */
export async function readLedgerHash(): Promise<string> {
  const head = await db().ledgerHead.findUnique({ where: { id: 1 }, select: { sha256: true } });
  return head?.sha256 ?? "";
}

/** A server with anything resolvable, and until when if nothing is changed. */
export type ResolvableServer = { name: string; tags: string[]; until: Date };

export function listResolvableServers(now: Date): Promise<ResolvableServer[]> {
  return db().$queryRaw<ResolvableServer[]>`
    SELECT s.name, v.until, ARRAY(SELECT t.tag FROM "ServerTag" t WHERE t."serverId" = s.id) AS tags
    FROM "Server" s
    JOIN (SELECT "serverId", max("expiresAt") AS until FROM "Version"
          WHERE state = 'approved' AND "expiresAt" > ${now} GROUP BY "serverId") v ON v."serverId" = s.id`;
}
