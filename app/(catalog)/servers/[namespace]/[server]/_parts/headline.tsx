import { StateBadge } from "#components/servers/state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ServerPage } from "./load-server.ts";

/** Name, version and state under the title. */
export function Headline({ page: { name, version, entry, detail } }: { page: ServerPage }) {
  const deprecated = entry?.official.status === "deprecated" || detail?.deprecated;
  const state = detail?.state === "approved" && !entry ? null : (detail?.state ?? "approved");
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <VisibleText text={name} className="font-mono text-sm" />
      <VisibleText text={version} className="font-mono text-sm font-semibold text-ink" />
      {entry?.official.isLatest ? <Badge tone="info">latest</Badge> : null}
      {state ? <StateBadge state={state} deprecated={deprecated} /> : <Badge tone="pending">Not resolving</Badge>}
    </span>
  );
}
