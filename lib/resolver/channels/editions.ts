import type { ChannelRecord } from "#lib/resolver/source.ts";

/** Which edition of every channel there is: the same text means that no channel was made or edited in between. */
export function toEditions(channels: readonly Pick<ChannelRecord, "id" | "edition">[]): string {
  return channels
    .map(({ id, edition }) => `${id} ${edition}`)
    .sort()
    .join();
}
