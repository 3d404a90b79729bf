import { type ReadersQuery, readersQuerySchema } from "#lib/channels/index.ts";
import { firstOf } from "../../../../../_parts/first-of.ts";
import type { ServerPage } from "./load-server.ts";
import { toTabPath } from "./server-tabs.tsx";

const pageSize = 25;

/** Which readers the tab shows. */
export type ReadersShown = { channel: string | null; kind: "anonymous" | "secret" | "token" | null; page: number };

type Query = Record<string, string | string[] | undefined>;

/** What the address bar says; what is not understood counts as not said. */
export function readReadersQuery({ channel, kind, page }: Query): ReadersShown {
  const said = { channel: firstOf(channel), kind: firstOf(kind), page: firstOf(page) ?? undefined };
  const read = readersQuerySchema.safeParse(said);
  const { channel: inChannel, kind: ofKind, page: at } = read.success ? read.data : readersQuerySchema.parse({});
  return { channel: inChannel, kind: ofKind, page: at };
}

/** As the verb takes it: a page of the tab, or, where others are only to be glimpsed, the latest few. */
export function toReadersInput(shown: ReadersShown | null): ReadersQuery {
  return shown ? { ...shown, limit: pageSize } : { limit: latestShown };
}

const latestShown = 8;

/** Address of a page of the tab. */
export function toReadersPath(page: ServerPage, { channel, kind, page: at }: ReadersShown): string {
  const query = toFilterQuery({ channel, kind });
  if (at > 1) query.set("page", String(at));
  return query.size > 0 ? `${toTabPath(page, "readers")}&${query}` : toTabPath(page, "readers");
}

/** The filter alone; what is not chosen is left out. */
export function toFilterQuery({ channel, kind }: Omit<ReadersShown, "page">): URLSearchParams {
  const query = new URLSearchParams();
  if (channel) query.set("channel", channel);
  if (kind) query.set("kind", kind);
  return query;
}
