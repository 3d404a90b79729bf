import { exportReaders } from "#lib/channels/index.ts";
import { download } from "#lib/http/download.ts";
import { replyLines } from "#lib/http/index.ts";
import { type NamedServer, toServerName } from "../_parts/server-name.ts";

/** Everybody who resolved one version, as a download for the person signed in. */
export const GET = download<NamedServer>(async ({ ctx, query, params }) => {
  const name = toServerName(params);
  const { version = "", ...filter } = Object.fromEntries(query);
  const lines = await exportReaders(ctx, { ...filter, name, version });
  return replyLines(lines, "text/csv; charset=utf-8", `${name}@${version}-readers.csv`);
});
