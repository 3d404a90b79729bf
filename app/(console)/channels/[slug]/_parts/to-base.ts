import { secretPlaceholder } from "#components/channels/client-recipes.ts";
import { toChannelAddress } from "#lib/channels/index.ts";
import type { ChannelView } from "#lib/channels/view.ts";

/** The channel's base URL; where a part of it is a secret, with a placeholder for that. */
export function toBase(channel: ChannelView, registryId: string): string {
  return channel.address ?? toChannelAddress(registryId, channel, secretPlaceholder) ?? registryId;
}
