import Link from "next/link";
import { ProposedBy, WaitsFor } from "#components/admin/change-facts.tsx";
import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { cancelChangeAction, confirmChangeAction } from "../actions.ts";

type ChangeItemProps = { change: PolicyChangeView; now: Date; mayCancel: boolean };

/** One change: what, where, by whom, and what can be done about it. */
export function ChangeItem({ change, now, mayCancel }: ChangeItemProps) {
  const waiting = change.state === "waiting";
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line px-4 py-4 last:border-b-0 sm:px-5">
      <div className="min-w-0 grow basis-80">
        <p className="flex flex-wrap items-center gap-2">
          {change.namespace ? (
            <Link
              href={`/namespaces/${encodeURIComponent(change.namespace)}`}
              className="font-mono text-sm font-medium text-accent [overflow-wrap:anywhere] hover:underline"
            >
              {change.namespace}
            </Link>
          ) : null}
          <ChangeState state={change.state} />
        </p>
        <p className="mt-1 font-medium">
          <VisibleText text={change.summary} />
        </p>
        <p className="mt-1 text-sm text-muted">
          <ProposedBy change={change} now={now} /> {waiting ? <WaitsFor change={change} now={now} /> : null}
        </p>
        {change.confirmObstacle ? (
          <p className="mt-1 text-sm text-muted">
            {change.confirmObstacle} <ConfirmFrom at={change.confirmFrom} />
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        {mayCancel ? <CancelChange change={change} /> : null}
        {change.mayConfirm ? <ConfirmChange change={change} /> : null}
      </div>
    </li>
  );
}

function ConfirmFrom({ at }: { at: string | null }) {
  if (at === null) return <>Cancel it; it can be proposed anew.</>;
  return (
    <>
      You may confirm this from <Time at={at} absolute />.
    </>
  );
}

function ChangeState({ state }: { state: PolicyChangeView["state"] }) {
  if (state === "applied") return <Badge tone="approved">In force</Badge>;
  if (state === "cancelled") return <Badge tone="expired">Cancelled</Badge>;
  return <Badge tone="pending">Waiting</Badge>;
}

function ConfirmChange({ change }: { change: PolicyChangeView }) {
  return (
    <ConfirmAction
      trigger="Confirm"
      triggerLabel={`Confirm: ${change.summary}`}
      variant="primary"
      title="Put this change in force?"
      description={`${change.namespace ?? "This registry"}: ${change.summary}. Proposed by ${change.proposedBy}.`}
      confirm="Put in force"
      action={confirmChangeAction}
      values={{ id: change.id }}
      done="The change is in force"
    />
  );
}

function CancelChange({ change }: { change: PolicyChangeView }) {
  return (
    <ConfirmAction
      trigger="Cancel change"
      triggerLabel={`Cancel change: ${change.summary}`}
      title="Cancel this change?"
      description={`${change.namespace ?? "This registry"}: ${change.summary}. Nothing changes; it can be proposed again.`}
      confirm="Cancel the change"
      danger
      action={cancelChangeAction}
      values={{ id: change.id }}
      done="The change was cancelled"
    />
  );
}
