import { anyInput, replyLines, route } from "#lib/http/index.ts";
import { exportLedger } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => exportLedger(ctx),
  reply: (lines) => replyLines(lines, "application/x-ndjson", "countersign-audit.ndjson"),
});
