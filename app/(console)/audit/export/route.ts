import { replyLines } from "#lib/http/index.ts";
import { toProblemResponse } from "#lib/http/problem-response.ts";
import { exportLedger } from "#lib/ledger/index.ts";
import { pageCtx } from "#lib/session/index.ts";

/** Both chains as a download for the person signed in. Reads only, so a link may lead here. */
export async function GET(): Promise<Response> {
  const ctx = await pageCtx();
  try {
    const day = ctx.now().toISOString().slice(0, 10);
    const response = replyLines(await exportLedger(ctx), "application/x-ndjson", `countersign-audit-${day}.ndjson`);
    response.headers.set("cache-control", "private, no-store");
    return response;
  } catch (error) {
    return toProblemResponse(error, { requestId: ctx.requestId, path: "/audit/export" });
  }
}
