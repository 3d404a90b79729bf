import { download } from "#lib/http/download.ts";
import { replyLines } from "#lib/http/index.ts";
import { exportLedger } from "#lib/ledger/index.ts";

/** Both chains as a download for the person signed in. */
export const GET = download(async ({ ctx }) => {
  const day = ctx.now().toISOString().slice(0, 10);
  return replyLines(await exportLedger(ctx), "application/x-ndjson", `countersign-audit-${day}.ndjson`);
});
