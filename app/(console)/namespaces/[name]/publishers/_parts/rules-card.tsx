import { FileKey2, Plus, ShieldOff, Workflow } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { NamespaceView } from "#lib/namespaces/view.ts";
import { RuleItem } from "./rule-item.tsx";

/** Who may publish here: the rules in force and proposed, then the retired ones folded away. */
export function RulesCard({ namespace, mayChange }: { namespace: NamespaceView; mayChange: boolean }) {
  const live = namespace.rules.filter((rule) => rule.state !== "retired");
  const retired = namespace.rules.filter((rule) => rule.state === "retired");
  return (
    <Card
      title="Publisher rules"
      description="An upload is accepted when its verified signer matches one of these, and refused otherwise."
      actions={mayChange ? <NewRule namespace={namespace.name} /> : undefined}
      flush
    >
      {live.length === 0 ? (
        <EmptyState icon={ShieldOff} title="Nobody may publish here">
          Without a rule every upload is refused. Add one for a workflow or for a key.
        </EmptyState>
      ) : null}
      <ul>
        {live.map((rule) => (
          <RuleItem key={rule.id} rule={rule} mayChange={mayChange} />
        ))}
      </ul>
      {retired.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-3 text-sm font-medium text-muted sm:px-5">
            {retired.length === 1 ? "1 retired rule" : `${retired.length} retired rules`}
          </summary>
          <ul className="border-t border-line">
            {retired.map((rule) => (
              <RuleItem key={rule.id} rule={rule} mayChange={false} />
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

function NewRule({ namespace }: { namespace: string }) {
  const base = `/namespaces/${encodeURIComponent(namespace)}/publishers`;
  return (
    <>
      <Button asChild size="sm">
        <Link href={`${base}/new-workflow-rule`}>
          <Workflow aria-hidden="true" /> Add a workflow rule
        </Link>
      </Button>
      <Button asChild size="sm">
        <Link href={`${base}/new-key-rule`}>
          <FileKey2 aria-hidden="true" /> Add a key rule
        </Link>
      </Button>
    </>
  );
}

export function NewKey({ namespace }: { namespace: string }) {
  return (
    <Button asChild size="sm">
      <Link href={`/namespaces/${encodeURIComponent(namespace)}/publishers/new-key`}>
        <Plus aria-hidden="true" /> Add a key
      </Link>
    </Button>
  );
}
