import { removeChannelFromPeople, revokePurposeless } from "#lib/access/tokens/store.ts";
import type { Tx } from "#lib/db/transact.ts";

/**
 * Takes a channel from every token that belongs to a person, and ends those it leaves without a purpose. For a caller
 * who has checked authority and writes the event.
 * @returns ids of the tokens that had the channel.
 */
export async function takeFromPeople(tx: Tx, channelId: string, now: Date): Promise<string[]> {
  const ids = await removeChannelFromPeople(tx, channelId);
  await revokePurposeless(tx, ids, now);
  return ids;
}
