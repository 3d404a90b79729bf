import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SecretView } from "#lib/channels/view.ts";
import { revokeSecretAction } from "../../actions.ts";

type SecretTableProps = { slug: string; secrets: SecretView[]; mayChange: boolean; now: Date };

/** The secret addresses a channel has or had, without the secrets. */
export function SecretTable({ slug, secrets, mayChange, now }: SecretTableProps) {
  const act = <span className="sr-only">Actions</span>;
  return (
    <div className="border-t border-line">
      <Table caption="Secret addresses" head={["Begins with", "Made", "State", act]}>
        {secrets.map((secret) => (
          <Row key={secret.id}>
            <Cell label="Begins with">
              <code className="font-mono text-sm">{secret.prefix}…</code>
            </Cell>
            <Cell label="Made">
              <span className="grid justify-items-end sm:justify-items-start">
                <Time at={secret.createdAt} now={now} />
                <span className="text-sm text-muted">
                  by <VisibleText text={secret.createdBy} />
                </span>
              </span>
            </Cell>
            <Cell label="State">
              <SecretState secret={secret} now={now} />
            </Cell>
            <Cell className="sm:text-right">
              {mayChange && answers(secret) ? (
                <Revoke slug={slug} secret={secret} last={isLast(secret, secrets)} />
              ) : null}
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}

function answers({ state }: SecretView): boolean {
  return state === "active" || state === "ending";
}

function isLast(secret: SecretView, secrets: SecretView[]): boolean {
  return !secrets.some((other) => other.id !== secret.id && answers(other));
}

function SecretState({ secret: { state, expiresAt, revokedAt }, now }: { secret: SecretView; now: Date }) {
  if (state === "active") return <Badge tone="approved">Works</Badge>;
  const tone = state === "ending" ? "pending" : state === "revoked" ? "revoked" : "expired";
  const word = { ending: "Works until", expired: "Ended", revoked: "Revoked" }[state];
  const at = state === "revoked" ? revokedAt : expiresAt;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-1.5 sm:justify-start">
      <Badge tone={tone}>{word}</Badge>
      {at ? (
        <span className="text-sm text-muted">
          {state === "ending" ? <Time at={at} absolute /> : <Time at={at} now={now} />}
        </span>
      ) : null}
    </span>
  );
}

function Revoke({ slug, secret, last }: { slug: string; secret: SecretView; last: boolean }) {
  return (
    <ConfirmAction
      trigger="Revoke"
      triggerLabel={`Revoke the address that begins with ${secret.prefix}`}
      title="Revoke this address?"
      description={
        last
          ? `The one whose secret begins with ${secret.prefix}. It answers 404 within a second, for good. It is the only one that works: nobody reads the channel until you rotate.`
          : `The one whose secret begins with ${secret.prefix}. It answers 404 within a second, for good. The others go on.`
      }
      confirm="Revoke address"
      danger
      action={revokeSecretAction}
      values={{ slug, id: secret.id }}
      done="Address revoked"
    />
  );
}
