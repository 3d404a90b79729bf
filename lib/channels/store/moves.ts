import type { Tx } from "#lib/db/transact.ts";

/** Notes when servers entered or left a channel, in place of the move before. */
export async function saveChannelMoves(
  tx: Tx,
  channelId: string,
  serverIds: readonly string[],
  at: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ChannelMove" ("channelId", "serverId", at)
    SELECT ${channelId}::uuid, id, ${at} FROM unnest(${[...serverIds]}::uuid[]) AS id
    ON CONFLICT ("channelId", "serverId") DO UPDATE SET at = excluded.at`;
}

/** Notes when a server entered or left several channels. */
export async function saveServerMoves(
  tx: Tx,
  serverId: string,
  channelIds: readonly string[],
  at: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "ChannelMove" ("channelId", "serverId", at)
    SELECT id, ${serverId}::uuid, ${at} FROM unnest(${[...channelIds]}::uuid[]) AS id
    ON CONFLICT ("channelId", "serverId") DO UPDATE SET at = excluded.at`;
}
