import { PenLine } from "lucide-react";
import type { SignatureView } from "#lib/signing/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { ChecksList } from "./checks-list.tsx";
import { identityKind } from "./identity.ts";
import { IdentityFacts } from "./identity-facts.tsx";
import { ProvenanceCard } from "./provenance-card.tsx";

/** "Signed by": what a publisher's bundle proved when it was received. */
export function SignatureCard({ signature }: { signature: SignatureView }) {
  const { identity, trustRoot, rule, logEntry } = signature;
  return (
    <ProvenanceCard icon={PenLine} title="Signed by the publisher" kind={identityKind(identity)}>
      <Facts>
        <IdentityFacts identity={identity} />
        <Fact label="Signed at">
          {signature.signedAt ? <Time at={signature.signedAt} absolute /> : "No timestamp: judged when it was received"}
        </Fact>
        <Fact label="Received at">
          <Time at={signature.receivedAt} absolute />
        </Fact>
        <Fact label="Trust root">
          {trustRoot.label} <span className="text-muted">version {trustRoot.version}</span>{" "}
          {trustRoot.demo ? <Badge tone="unpinned">Demo only</Badge> : null}
          <Digest value={trustRoot.sha256} label="trust root digest" short />
        </Fact>
        <Fact label="Log entry">
          {logEntry ? (
            <>
              <span className="tabular-nums">#{logEntry.logIndex}</span>{" "}
              {logEntry.integratedTime ? (
                <span className="text-muted">
                  integrated <Time at={logEntry.integratedTime} absolute />
                </span>
              ) : null}
            </>
          ) : (
            <span className="text-muted">None: a managed key need not be logged</span>
          )}
        </Fact>
        <Fact label="Rule that matched">
          <VisibleText text={rule.summary} />
        </Fact>
        <Fact label="Form">{signature.kind === "dsse" ? "Publish statement (DSSE)" : "Message signature"}</Fact>
        <Fact label="Bundle">
          <Digest value={signature.bundleSha256} label="bundle digest" short />
        </Fact>
      </Facts>
      <ChecksList checks={signature.checks} />
    </ProvenanceCard>
  );
}
