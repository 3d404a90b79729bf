import { WaitingChanges } from "#components/admin/waiting-changes.tsx";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { NamespaceView } from "#lib/namespaces/view.ts";

type Tab = "settings" | "publishers" | "test";

/** Head of every page about one namespace: its name, what waits, its parts. */
export function NamespaceHeader({ namespace, active, now }: { namespace: NamespaceView; active: Tab; now: Date }) {
  const base = `/namespaces/${encodeURIComponent(namespace.name)}`;
  const rules = namespace.rules.filter((rule) => rule.state === "active").length;
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/namespaces", label: "Namespaces" }]}
        title={<span className="font-mono">{namespace.name}</span>}
        description={describe(namespace)}
      />
      <WaitingChanges changes={namespace.changes} now={now} />
      <LinkTabs
        label="Parts of the namespace"
        tabs={[
          { href: base, label: "Settings", active: active === "settings" },
          { href: `${base}/publishers`, label: "Publishers", active: active === "publishers", count: rules },
          { href: `${base}/test`, label: "Test an upload", active: active === "test" },
        ]}
      />
    </>
  );
}

function describe({ servers, pending }: NamespaceView): string {
  const count = servers === 1 ? "1 server" : `${servers} servers`;
  return pending === 0 ? `${count}, nothing waiting for review.` : `${count}, ${pending} waiting for review.`;
}
