import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Card } from "#components/ui/card.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PersonView } from "#lib/access/view.ts";
import type { NamespaceSummaryView } from "#lib/namespaces/view.ts";
import { removeOwnerAction } from "../../actions.ts";
import { AddOwner } from "./add-owner.tsx";

/** Owners, and, for those who were given `people` to choose from, the way to change them. */
export function OwnersCard({ namespace, people }: { namespace: NamespaceSummaryView; people: PersonView[] }) {
  const { name, owners } = namespace;
  const others = people.filter(
    (person) => person.state === "active" && !owners.some((owner) => owner.id === person.id),
  );
  return (
    <Card
      title="Owners"
      description="May publish, withdraw and propose rules here. They never approve their own uploads."
    >
      {owners.length === 0 ? <p className="text-muted">Nobody owns this namespace.</p> : null}
      <ul className="grid gap-2">
        {owners.map((owner) => (
          <li key={owner.id} className="flex items-center justify-between gap-3">
            <VisibleText text={owner.name} />
            {people.length > 0 ? <RemoveOwner namespace={name} owner={owner} /> : null}
          </li>
        ))}
      </ul>
      {people.length > 0 ? (
        <div className="mt-5 border-t border-line pt-4">
          <AddOwner namespace={name} people={others.map(toCandidate)} />
        </div>
      ) : null}
    </Card>
  );
}

function RemoveOwner({ namespace, owner }: { namespace: string; owner: { id: string; name: string } }) {
  return (
    <ConfirmAction
      trigger="Remove"
      triggerLabel={`Remove ${owner.name} as owner`}
      variant="ghost"
      title={`Remove ${owner.name} as owner?`}
      description={`Publishing into ${namespace} then needs a publisher role. Approving what they uploaded stays barred to them.`}
      confirm="Remove owner"
      danger
      action={removeOwnerAction}
      values={{ name: namespace, personId: owner.id }}
      done="Owner removed"
    />
  );
}

function toCandidate({ id, name, email }: PersonView) {
  return { id, name, email };
}
