import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { NamespaceSummaryView } from "#lib/namespaces/view.ts";

/** Namespaces with what protects them. */
export function NamespaceTable({ namespaces }: { namespaces: NamespaceSummaryView[] }) {
  return (
    <Table caption="Namespaces" head={["Namespace", "Owners", "Approval", "Publishers", "Servers", "Waiting"]}>
      {namespaces.map((namespace) => (
        <Row key={namespace.name}>
          <Cell>
            <Link
              href={`/namespaces/${encodeURIComponent(namespace.name)}`}
              className="font-mono text-sm font-medium text-accent [overflow-wrap:anywhere] hover:underline"
            >
              {namespace.name}
            </Link>
          </Cell>
          <Cell label="Owners">
            {namespace.owners.length === 0 ? (
              <span className="text-muted">None</span>
            ) : (
              <VisibleText text={namespace.owners.map((owner) => owner.name).join(", ")} />
            )}
          </Cell>
          <Cell label="Approval">
            <Approval namespace={namespace} />
          </Cell>
          <Cell label="Publishers">
            {namespace.activeRules === 0 ? (
              <Badge tone="pending">Nobody may publish</Badge>
            ) : (
              `${namespace.activeRules} ${namespace.activeRules === 1 ? "rule" : "rules"}`
            )}
          </Cell>
          <Cell label="Servers" className="tabular-nums">
            {namespace.servers}
          </Cell>
          <Cell label="Waiting" className="tabular-nums">
            {namespace.pending}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function Approval({ namespace }: { namespace: NamespaceSummaryView }) {
  const people = namespace.requiredApprovals === 1 ? "1 reviewer" : `${namespace.requiredApprovals} reviewers`;
  return (
    <span className="grid justify-items-end sm:justify-items-start">
      <span>
        {people}, {namespace.lifetimeDays} days
      </span>
      {namespace.unpinned === "refuse" ? <span className="text-sm text-muted">only pinned packages</span> : null}
    </span>
  );
}
