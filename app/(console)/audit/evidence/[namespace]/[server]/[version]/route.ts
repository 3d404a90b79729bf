import { evidencePack } from "#lib/approval/index.ts";
import { replyFile } from "#lib/http/index.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";
import { pageCtx } from "#lib/session/index.ts";

type At = { params: Promise<{ namespace: string; server: string; version: string }> };

/** The evidence pack of one version as a download for the person signed in. Reads only, so a link may lead here. */
export async function GET(_request: Request, { params }: At): Promise<Response> {
  const ctx = await pageCtx();
  const { namespace, server, version } = await params;
  try {
    const name = `${namespace}/${server}`;
    const pack = await evidencePack(ctx, { name, version });
    const response = replyFile(pack, "application/zip", `evidence-${namespace}-${server}@${version}.zip`);
    response.headers.set("cache-control", "private, no-store");
    return response;
  } catch (error) {
    return toProblemResponse(error, { requestId: ctx.requestId, path: "/audit/evidence" });
  }
}
