import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { GrantList } from "#components/admin/grant-list.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { InvitationView } from "#lib/access/view.ts";
import { revokeInvitationAction } from "../actions.ts";

/** Invitations whose link still works. */
export function InvitationTable({ invitations, now }: { invitations: InvitationView[]; now: Date }) {
  const act = <span className="sr-only">Actions</span>;
  return (
    <Table caption="Open invitations" head={["Invited", "Roles", "Made", "Expires", act]}>
      {invitations.map((invitation) => (
        <Row key={invitation.id}>
          <Cell>
            <span className="grid min-w-0">
              <VisibleText text={invitation.name} className="font-medium" />
              <span className="text-sm text-muted [overflow-wrap:anywhere]">{invitation.email}</span>
            </span>
          </Cell>
          <Cell label="Roles">
            <GrantList grants={invitation.grants} inTable />
          </Cell>
          <Cell label="Made">
            <Time at={invitation.createdAt} now={now} />
          </Cell>
          <Cell label="Expires">
            <Time at={invitation.expiresAt} now={now} />
          </Cell>
          <Cell className="sm:text-right">
            <ConfirmAction
              trigger="Revoke"
              triggerLabel={`Revoke the invitation of ${invitation.email}`}
              title="Revoke this invitation?"
              description={`The link made for ${invitation.email} stops working at once. You can invite again.`}
              confirm="Revoke invitation"
              danger
              action={revokeInvitationAction}
              values={{ id: invitation.id }}
              done="Invitation revoked"
            />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
