import { randomUUID } from "node:crypto";
import type { Selection } from "#lib/channels/selection.ts";
import type { ChannelAudience } from "#lib/channels/view.ts";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

const maxChannels = 1000;

export function listChannelRows(tx: Tx | null = null) {
  return (tx ?? db()).channel.findMany({ orderBy: [{ createdAt: "asc" }, { slug: "asc" }], take: maxChannels });
}

export type ChannelRow = Awaited<ReturnType<typeof listChannelRows>>[number];

export function findChannel(tx: Tx | null, slug: string): Promise<ChannelRow | null> {
  return (tx ?? db()).channel.findUnique({ where: { slug } });
}

export function findChannelsById(ids: readonly string[]): Promise<ChannelRow[]> {
  return db().channel.findMany({ where: { id: { in: [...ids] } } });
}

/** Reads a channel under its lock, which every change of it takes, before the ledger's. */
export async function lockChannel(tx: Tx, slug: string): Promise<ChannelRow | null> {
  await tx.$executeRaw`SELECT 1 FROM "Channel" WHERE slug = ${slug} FOR NO KEY UPDATE`;
  return findChannel(tx, slug);
}

export function countChannels(tx: Tx): Promise<number> {
  return tx.channel.count();
}

export type NewChannel = {
  slug: string;
  label: string;
  audience: ChannelAudience;
  selection: Selection;
  serveV0: boolean;
  openToPeople: boolean;
  createdById: string;
  createdAt: Date;
};

/** @returns null when the slug is taken. */
export async function insertChannel(tx: Tx, channel: NewChannel): Promise<string | null> {
  const id = randomUUID();
  const data = [{ id, ...channel, updatedAt: channel.createdAt }];
  return (await tx.channel.createMany({ data, skipDuplicates: true })).count === 0 ? null : id;
}

export type ChannelChange = Partial<
  Pick<NewChannel, "label" | "audience" | "selection" | "serveV0" | "openToPeople">
> & { disabledAt?: Date | null };

/** Every change counts as one edit. */
export async function changeChannel(tx: Tx, id: string, change: ChannelChange, at: Date): Promise<void> {
  await tx.channel.update({ where: { id }, data: { ...change, edition: { increment: 1 }, updatedAt: at } });
}

export async function listPersonNames(ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db().person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
