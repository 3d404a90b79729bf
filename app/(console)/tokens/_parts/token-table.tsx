import { Bot, UserRound } from "lucide-react";
import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { Unfold } from "#components/ui/unfold.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { TokenView } from "#lib/access/view.ts";
import { revokeTokenAction } from "../actions.ts";

/** Tokens without their secrets. */
export function TokenTable({ caption, tokens, now }: { caption: string; tokens: TokenView[]; now: Date }) {
  const act = <span className="sr-only">Actions</span>;
  return (
    <Table caption={caption} head={["Token", "Acts for", "May", "Last used", "Ends", act]}>
      {tokens.map((token) => (
        <Row key={token.id}>
          <Cell className="lg:w-1/4">
            <span className="grid min-w-0">
              <VisibleText text={token.label} className="font-medium" />
              <code className="font-mono text-sm text-muted">{token.prefix}…</code>
            </span>
          </Cell>
          <Cell label="Acts for">
            <Owner token={token} />
          </Cell>
          <Cell label="May">
            <Reach token={token} />
          </Cell>
          <Cell label="Last used">
            {token.lastUsedAt ? <Time at={token.lastUsedAt} now={now} /> : <span className="text-muted">Never</span>}
          </Cell>
          <Cell label="Ends">
            {token.state === "revoked" ? (
              <Badge tone="revoked">Revoked</Badge>
            ) : token.state === "expired" ? (
              <Badge tone="expired">Expired</Badge>
            ) : (
              <Time at={token.expiresAt} now={now} />
            )}
          </Cell>
          <Cell className="sm:text-right">{token.state === "active" ? <Revoke token={token} /> : null}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function Owner({ token }: { token: TokenView }) {
  const Icon = token.robot ? Bot : UserRound;
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon aria-hidden="true" className="mt-1 size-3.5 shrink-0 text-muted" />
      <span>
        <VisibleText text={token.robot ? "Robot" : (token.owner ?? "")} />
        {token.robot ? (
          <span className="block text-sm text-muted">
            made by <VisibleText text={token.createdBy} />
          </span>
        ) : null}
      </span>
    </span>
  );
}

function Reach({ token: { scopes, namespaces, channels } }: { token: TokenView }) {
  const everywhere = namespaces.includes("*");
  return (
    <span className="grid justify-items-end gap-0.5 sm:justify-items-start">
      <span>{scopes.join(", ")}</span>
      {everywhere ? <span className="text-sm text-muted">in every namespace of its owner</span> : null}
      {everywhere ? null : <Names names={namespaces} />}
      {channels.length > 0 ? <span className="text-sm text-muted">from the channels</span> : null}
      <Names names={channels} />
    </span>
  );
}

function Names({ names }: { names: string[] }) {
  return (
    <Unfold items={names} first={3} noun="">
      {(some) =>
        some.map((name) => (
          <code key={name} className="block font-mono text-sm text-muted [overflow-wrap:anywhere]">
            {name}
          </code>
        ))
      }
    </Unfold>
  );
}

function Revoke({ token }: { token: TokenView }) {
  return (
    <ConfirmAction
      trigger="Revoke"
      triggerLabel={`Revoke token ${token.label}`}
      title={`Revoke “${token.label}”?`}
      description={`The one that begins with ${token.prefix}. Whatever uses it is refused from its next request on, for good.`}
      confirm="Revoke token"
      danger
      action={revokeTokenAction}
      values={{ id: token.id }}
      done="Token revoked"
    />
  );
}
