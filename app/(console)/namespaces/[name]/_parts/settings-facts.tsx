import { Fact, Facts } from "#components/ui/facts.tsx";
import type { NamespaceSummaryView } from "#lib/namespaces/view.ts";

/** The settings for those who may read but not change them. */
export function SettingsFacts({ namespace }: { namespace: NamespaceSummaryView }) {
  return (
    <Facts>
      <Fact label="Approvals">{namespace.requiredApprovals} different people</Fact>
      <Fact label="Lifetime">{namespace.lifetimeDays} days at most</Fact>
      <Fact label="Unpinned packages">{namespace.unpinned === "allow" ? "Accepted, and marked" : "Refused"}</Fact>
      <Fact label="Waiting versions">{namespace.maxPending} at most</Fact>
    </Facts>
  );
}
