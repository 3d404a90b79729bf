import { KeyRound } from "lucide-react";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { NamespaceView } from "#lib/namespaces/view.ts";
import { KeyItem } from "./key-item.tsx";
import { NewKey } from "./rules-card.tsx";

type KeysCardProps = { namespace: NamespaceView; mayChange: boolean; now: Date };

/** Long-lived public keys of publishers. */
export function KeysCard({ namespace, mayChange, now }: KeysCardProps) {
  return (
    <Card
      title="Managed keys"
      description="Public keys of publishers who do not sign from a pipeline. A key alone lets nobody publish: a rule must name it."
      actions={mayChange ? <NewKey namespace={namespace.name} /> : undefined}
      flush
    >
      {namespace.keys.length === 0 ? (
        <EmptyState icon={KeyRound} title="No key">
          <code className="font-mono">countersign keygen</code> makes a pair; the public half goes here.
        </EmptyState>
      ) : null}
      <ul>
        {namespace.keys.map((key) => (
          <KeyItem key={key.id} managedKey={key} mayChange={mayChange} now={now} />
        ))}
      </ul>
    </Card>
  );
}
