import { randomUUID } from "node:crypto";
import type { Selection } from "#lib/channels/view.ts";
import { digestOf } from "#lib/core/digest.ts";
import { db } from "#lib/db/client.ts";
import { insertNamespace } from "#lib/testing/lifecycle.ts";

export const everything: Selection = { include: [{ namespace: "*" }], exclude: [] };
export const nothing: Selection = { include: [], exclude: [] };

/** A server with its namespace and, unless told otherwise, one version that rows call approved. Not verifiable. */
export async function plantServer(name: string, { resolvable = true, tags = [] as string[] } = {}): Promise<string> {
  const namespace = name.slice(0, name.indexOf("/"));
  const known = await db().namespace.findUnique({ where: { nameKey: namespace.toLowerCase() } });
  const { id: namespaceId } = known ?? (await insertNamespace(namespace));
  const id = randomUUID();
  const createdAt = new Date(0);
  await db().server.create({
    data: {
      id,
      namespaceId,
      name,
      nameKey: name.toLowerCase(),
      createdAt,
      tags: { create: tags.map((tag) => ({ tag, createdAt })) },
    },
  });
  await plantVersion(id, "1.0.0", resolvable);
  return id;
}

async function plantVersion(serverId: string, version: string, approved: boolean): Promise<void> {
  const manifest = Buffer.from(JSON.stringify({ serverId, version }));
  const at = new Date(0);
  await db().version.create({
    data: {
      id: randomUUID(),
      serverId,
      version,
      state: approved ? "approved" : "pending",
      requiredApprovals: 1,
      manifest: new Uint8Array(manifest),
      manifestDigest: digestOf(manifest),
      description: "planted",
      validation: [],
      pins: [],
      uploaderLabel: "test",
      receivedAt: at,
      statusChangedAt: at,
      updatedAt: at,
      ...(approved ? { publishedAt: at, expiresAt: new Date("2100-01-01T00:00:00Z") } : {}),
    },
  });
}

/** When servers last entered or left a channel, by name. */
export async function readMoves(slug: string): Promise<Record<string, Date>> {
  const moves = await db().channelMove.findMany({
    where: { channel: { slug } },
    select: { at: true, server: { select: { name: true } } },
    orderBy: { server: { name: "asc" } },
  });
  return Object.fromEntries(moves.map(({ at, server }) => [server.name, at]));
}

export async function readLastEntry(): Promise<{ at: Date; action: string; subject: string; body: string }> {
  const entry = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
  const { at, action, subject, body } = entry;
  return { at, action, subject, body: Buffer.from(body).toString() };
}
