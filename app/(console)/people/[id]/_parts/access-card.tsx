import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Card } from "#components/ui/card.tsx";
import type { PersonView } from "#lib/access/view.ts";
import { deactivateAction, reactivateAction } from "../../actions.ts";
import { ResetDialog } from "./reset-dialog.tsx";
import { SecondFactor } from "./second-factor.tsx";

/** What can be done about a person's way in. */
export function AccessCard({ person }: { person: PersonView }) {
  if (person.state === "deactivated") return <Deactivated person={person} />;
  return (
    <Card title="Access">
      <div className="grid gap-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="max-w-sm text-sm text-muted">
            A reset link lets the person set a new password within an hour. Until then the old one works.
          </p>
          <ResetDialog personId={person.id} name={person.name} />
        </div>
        {person.totp ? <SecondFactor person={person} /> : null}
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-5">
          <p className="max-w-sm text-sm text-muted">Deactivating shuts the person out at once. Their history stays.</p>
          <ConfirmAction
            trigger="Deactivate"
            title={`Deactivate ${person.name}?`}
            description="At once every session ends, and their API tokens, the robot tokens they made and open links they made or were given stop working; all of that stays ended. Their roles are kept, in case they come back."
            confirm="Deactivate"
            danger
            action={deactivateAction}
            values={{ id: person.id }}
            done="Deactivated: sessions, tokens and links have ended"
          />
        </div>
      </div>
    </Card>
  );
}

function Deactivated({ person }: { person: PersonView }) {
  return (
    <Card title="Access">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-sm text-sm text-muted">Cannot sign in. No session or token of theirs works.</p>
        <ConfirmAction
          trigger="Reactivate"
          title={`Reactivate ${person.name}?`}
          description="They can sign in again with their old password and the roles shown here. Sessions and tokens stay ended."
          confirm="Reactivate"
          action={reactivateAction}
          values={{ id: person.id }}
          done="Reactivated"
        />
      </div>
    </Card>
  );
}
