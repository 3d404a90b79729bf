import { defaultSlug } from "#lib/channels/index.ts";
import type { ServerPage } from "./load-server.ts";

export type Places = {
  /** What stands before `/v0.1` where anybody reads the server without credentials; null when that is nowhere. */
  open: string | null;
  /** Channel to name in a command that reads it; null for the registry's own address. */
  channel: string | null;
};

/** Where the server is read. Visitors see what the default channel shows, so there it is for them. */
export function toPlaces({ membership }: Pick<ServerPage, "membership">, registryId: string): Places {
  if (membership === null) return { open: "", channel: null };
  const anonymous = membership.channels.find(({ audience }) => audience === "anonymous");
  const best = anonymous ?? membership.channels[0];
  const own = best === undefined || (best.slug === defaultSlug && best.audience === "anonymous");
  return { open: anonymous?.address?.slice(registryId.length) ?? null, channel: own ? null : best.slug };
}
