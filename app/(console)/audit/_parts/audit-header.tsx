import { Download } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

const tabs = [
  { key: "ledger", href: "/audit", label: "Ledger" },
  { key: "refusals", href: "/audit/refusals", label: "Refusals and sign-ins" },
  { key: "state", href: "/audit/state", label: "Chain state" },
] as const;

/** Head of the audit's lists. The export is a plain link: the browser downloads what a route streams. */
export function AuditHeader({ active }: { active: (typeof tabs)[number]["key"] }) {
  return (
    <>
      <PageHeader
        title="Audit"
        description="What happened, and apart from it what was refused and who signed in: two chains in which every event names the digest of the one before."
        actions={
          <Button asChild>
            <a href="/audit/export" download>
              <Download aria-hidden="true" /> Export as NDJSON
            </a>
          </Button>
        }
      />
      <LinkTabs
        label="Parts of the audit"
        tabs={tabs.map(({ key, href, label }) => ({ href, label, active: key === active }))}
      />
    </>
  );
}
