import { evidencePack } from "#lib/approval/index.ts";
import { replyFile } from "#lib/http/index.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";
import { pageCtx } from "#lib/session/index.ts";
import { readServerName, type ServerParams } from "../_parts/server-name.ts";

/** Everything that proves one version, as a download for the person signed in. Reads only, so a link may lead here. */
export async function GET(request: Request, at: { params: ServerParams }): Promise<Response> {
  const ctx = await pageCtx();
  try {
    const name = await readServerName(at.params);
    const version = new URL(request.url).searchParams.get("version") ?? "";
    const pack = await evidencePack(ctx, { name, version });
    const response = replyFile(pack, "application/zip", `${name}@${version}-evidence.zip`);
    response.headers.set("cache-control", "private, no-store");
    return response;
  } catch (error) {
    return toProblemResponse(error, { requestId: ctx.requestId, path: "/servers/evidence" });
  }
}
