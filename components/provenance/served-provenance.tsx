import { PenLine, Stamp } from "lucide-react";
import type { ApprovalMeta } from "#lib/resolver/view.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Time } from "../ui/time.tsx";
import { identityKind } from "./identity.ts";
import { IdentityEssentials } from "./identity-essentials.tsx";
import { IdentityFacts } from "./identity-facts.tsx";
import { ProvenanceCard } from "./provenance-card.tsx";

/** Provenance as the countersignature itself states it, for readers who are not signed in. */
export function ServedProvenance({ approval, now }: { approval: ApprovalMeta; now: Date }) {
  return (
    <>
      {approval.bundles.map((bundle) => (
        <SignedBy key={bundle.digest} bundle={bundle} />
      ))}
      <CountersignedBy approval={approval} now={now} />
    </>
  );
}

function SignedBy({ bundle }: { bundle: ApprovalMeta["bundles"][number] }) {
  const identity = bundle.identity as VerifiedIdentity;
  return (
    <ProvenanceCard icon={PenLine} title="Signed by the publisher" kind={identityKind(identity)}>
      <Facts>
        <IdentityEssentials identity={identity} />
        {bundle.signedAt ? (
          <Fact label="Signed at">
            <Time at={bundle.signedAt} absolute />
          </Fact>
        ) : null}
        <Fact label="Received at">
          <Time at={bundle.receivedAt} absolute />
        </Fact>
      </Facts>
      <details className="mt-4 border-t border-line pt-3">
        <summary className="rounded-sm text-sm font-medium text-accent">Every claim</summary>
        <div className="mt-3">
          <Facts>
            <IdentityFacts identity={identity} />
            <Fact label="Bundle">
              <Digest value={bundle.digest} label="bundle digest" short />
            </Fact>
            <Fact label="Trust root">
              <Digest value={bundle.trustRoot} label="trust root digest" short />
            </Fact>
          </Facts>
        </div>
      </details>
    </ProvenanceCard>
  );
}

function CountersignedBy({ approval: { approval }, now }: { approval: ApprovalMeta; now: Date }) {
  return (
    <ProvenanceCard icon={Stamp} title="Countersigned by the registry" kind={`Round ${approval.round}`}>
      <Facts>
        <Fact label="Approved at">
          <Time at={approval.approvedAt} absolute />
        </Fact>
        {approval.expiresAt ? (
          <Fact label="Expires">
            <Time at={approval.expiresAt} absolute />{" "}
            <span className="text-muted">
              (<Time at={approval.expiresAt} now={now} />)
            </span>
          </Fact>
        ) : null}
        <Fact label="Registry key">
          <Digest value={approval.keyId} label="registry key id" short />
        </Fact>
        <Fact label="Statement">
          <Digest value={approval.digest} label="statement digest" short />
        </Fact>
      </Facts>
    </ProvenanceCard>
  );
}
