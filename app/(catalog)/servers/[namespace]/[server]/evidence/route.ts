import { evidencePack } from "#lib/approval/index.ts";
import { download } from "#lib/http/download.ts";
import { replyFile } from "#lib/http/index.ts";
import { type NamedServer, toServerName } from "../_parts/server-name.ts";

/** Everything that proves one version, as a download for the person signed in. */
export const GET = download<NamedServer>(async ({ ctx, query, params }) => {
  const name = toServerName(params);
  const version = query.get("version") ?? "";
  return replyFile(await evidencePack(ctx, { name, version }), "application/zip", `${name}@${version}-evidence.zip`);
});
