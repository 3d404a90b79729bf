import { toChannelAddress } from "#lib/channels/address.ts";
import { readSelection, type SelectedServer, toSelector } from "#lib/channels/selection.ts";
import type { ChannelRow } from "#lib/channels/store/channels.ts";
import type { SecretRow } from "#lib/channels/store/secrets.ts";
import type { SelectableServer } from "#lib/channels/store/servers.ts";
import type { ChannelListItemView, SecretView, ServerSetView } from "#lib/channels/view.ts";

const maxNames = 50;

/** @param servers how many it shows. */
export function toListItemView(row: ChannelRow, registryId: string, servers: number): ChannelListItemView {
  const { slug, label, audience, serveV0, openToPeople } = row;
  return {
    slug,
    label,
    audience,
    address: toChannelAddress(registryId, row),
    serveV0,
    openToPeople,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    servers,
  };
}

/** How many they are, and the first 50 by name. */
export function toServerSetView(servers: readonly SelectableServer[]): ServerSetView {
  return { total: servers.length, names: servers.slice(0, maxNames).map(({ name }) => name) };
}

/** Which servers the channel shows as it is stored. */
export function toRowSelector({ selection }: Pick<ChannelRow, "selection">): (server: SelectedServer) => boolean {
  return toSelector(readSelection(selection));
}

export function toSecretView(row: SecretRow, createdBy: string, now: Date): SecretView {
  return {
    id: row.id,
    prefix: row.prefix,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    state: toSecretState(row, now),
  };
}

function toSecretState({ revokedAt, expiresAt }: SecretRow, now: Date): SecretView["state"] {
  if (revokedAt) return "revoked";
  if (!expiresAt) return "active";
  return expiresAt <= now ? "expired" : "ending";
}
