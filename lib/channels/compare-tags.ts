import { readSelection, toSelector } from "#lib/channels/selection.ts";
import type { ChannelRow } from "#lib/channels/store/channels.ts";

export type TagChange = { entered: ChannelRow[]; left: ChannelRow[] };

/** Which channels a server enters and leaves when some tags take the place of others. Disabled ones count too. */
export function compareTags(
  channels: readonly ChannelRow[],
  name: string,
  before: readonly string[],
  after: readonly string[],
): TagChange {
  const change: TagChange = { entered: [], left: [] };
  for (const channel of channels) {
    const isShown = toSelector(readSelection(channel.selection));
    const [was, is] = [isShown({ name, tags: before }), isShown({ name, tags: after })];
    if (is && !was) change.entered.push(channel);
    if (was && !is) change.left.push(channel);
  }
  return change;
}
