import { StatusBanner } from "#components/servers/status-banner.tsx";
import { Banner } from "#components/ui/banner.tsx";
import type { ServerPage } from "./load-server.ts";

/** Whether the version can be relied on, and if not, why not. */
export function Standing({ page: { entry, detail }, now }: { page: ServerPage; now: Date }) {
  const message = detail?.statusMessage ?? entry?.official.statusMessage ?? null;
  if (detail?.state === "approved" && !entry)
    return (
      <Banner tone="pending" title="Clients do not get this version right now" className="mb-6">
        The record says it is approved, but the read API does not serve it. Directly after an approval this passes
        within a second. If it stays, its countersignature did not verify: tell an operator.
      </Banner>
    );
  return (
    <StatusBanner
      state={detail?.state ?? "approved"}
      message={message}
      since={detail?.expiresAt}
      now={now}
      deprecated={detail?.deprecated ?? entry?.official.status === "deprecated"}
    />
  );
}
