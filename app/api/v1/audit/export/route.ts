import { anyInput, replyLines, route } from "#lib/http/index.ts";
import { exportLedger } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => exportLedger(ctx),
  reply: (lines) => replyLines(lines, "application/x-ndjson", "countersign-audit.ndjson"),
  describe: {
    id: "exportAudit",
    summary: "Both chains, one event per line",
    person: ["auditor", "admin"],
    token: ["audit"],
    answers: { 200: { mediaType: "application/x-ndjson" } },
  },
});
