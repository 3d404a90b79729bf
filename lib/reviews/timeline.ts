import { listEventsAbout } from "#lib/ledger/index.ts";
import type { LedgerEntryView } from "#lib/ledger/view.ts";
import type { TimelineEntryView } from "#lib/reviews/view.ts";

/** What happened to a version, oldest first, from the ledger. Asks nobody for permission: the caller did. */
export async function readTimeline(subject: string): Promise<TimelineEntryView[]> {
  return (await listEventsAbout(subject)).map((entry) => {
    const { seq, at, action, actor } = entry;
    return { seq, at, action, actor, summary: summarize(entry) };
  });
}

function summarize({ action, body }: LedgerEntryView): string {
  const { details } = JSON.parse(body) as { details: Record<string, unknown> };
  const because = typeof details.reason === "string" ? `: ${details.reason}` : "";
  switch (action) {
    case "version.publish":
      return "Uploaded and verified";
    case "version.withdraw":
      return `Withdrawn${because}`;
    case "version.reopen":
      return `Reopened${because}`;
    case "version.reject":
      return `Rejected${because}`;
    case "version.approve":
      return `Approved (${details.counted} of ${details.required})`;
    case "version.countersign":
      return `Countersigned until ${details.expiresAt}`;
    case "version.revoke":
      return `Revoked${because}`;
    case "version.expire":
      return "Expired";
    default:
      return action;
  }
}
