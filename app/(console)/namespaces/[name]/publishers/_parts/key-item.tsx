import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ManagedKeyView } from "#lib/publishers/view.ts";
import { revokeKeyAction } from "../actions.ts";
import { ReasonField } from "./reason-field.tsx";

type KeyItemProps = { managedKey: ManagedKeyView; mayChange: boolean; now: Date };

/** One managed key: who holds it, how long it is good. */
export function KeyItem({ managedKey: key, mayChange, now }: KeyItemProps) {
  return (
    <li className="border-b border-line px-4 py-4 last:border-b-0 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h3 className="flex min-w-0 flex-wrap items-center gap-2 font-semibold">
          <VisibleText text={key.label} />
          <KeyState managedKey={key} now={now} />
        </h3>
        {mayChange && !key.revokedAt ? <RevokeKey managedKey={key} /> : null}
      </div>
      <div className="mt-3">
        <Facts>
          <Fact label="Held by">
            <VisibleText text={key.controllers.map((person) => person.name).join(", ")} />
            <span className="block text-sm text-muted">They never approve what it signed.</span>
          </Fact>
          <Fact label="Key hint">
            <Digest value={key.hint} label="key hint" />
          </Fact>
          <Fact label="Algorithm">{key.algorithm}</Fact>
          <Fact label="Good">
            from <Time at={key.notBefore} absolute /> {key.notAfter ? <Until at={key.notAfter} /> : "on, without end"}
          </Fact>
          {key.revokedAt ? (
            <Fact label="Revoked">
              <Time at={key.revokedAt} absolute />: <VisibleText text={key.revokedReason ?? "no reason given"} />
            </Fact>
          ) : null}
          <Fact label="Public key">
            <span className="inline-flex items-center gap-1 text-sm text-muted">
              PEM <CopyButton text={key.spkiPem} label={`Copy the public key ${key.label}`} />
            </span>
          </Fact>
        </Facts>
      </div>
    </li>
  );
}

function Until({ at }: { at: string }) {
  return (
    <>
      until <Time at={at} absolute />
    </>
  );
}

function KeyState({ managedKey, now }: { managedKey: ManagedKeyView; now: Date }) {
  if (managedKey.revokedAt) return <Badge tone="revoked">Revoked</Badge>;
  if (managedKey.notAfter && new Date(managedKey.notAfter) <= now) return <Badge tone="expired">Ended</Badge>;
  return <Badge tone="approved">Good</Badge>;
}

function RevokeKey({ managedKey }: { managedKey: ManagedKeyView }) {
  return (
    <ConfirmAction
      trigger="Revoke"
      triggerLabel={`Revoke the key ${managedKey.label}`}
      title={`Revoke “${managedKey.label}”?`}
      description="From now on nothing it signs is accepted, and versions waiting with its signature cannot be approved. What is approved stays: revoke versions one by one where the key was stolen."
      confirm="Revoke key"
      danger
      action={revokeKeyAction}
      values={{ id: managedKey.id }}
      done="Key revoked"
    >
      <ReasonField />
    </ConfirmAction>
  );
}
