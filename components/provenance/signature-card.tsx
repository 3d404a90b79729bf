import { PenLine } from "lucide-react";
import type { SignatureView } from "#lib/signing/view.ts";
import { Fact, Facts } from "../ui/facts.tsx";
import { ChecksList } from "./checks-list.tsx";
import { identityKind } from "./identity.ts";
import { IdentityEssentials } from "./identity-essentials.tsx";
import { ProvenanceCard } from "./provenance-card.tsx";
import { SignatureFacts, SignedAt, TrustRoot } from "./signature-facts.tsx";

/** "Signed by": what a publisher's bundle proved when it was received. `brief` folds away all but the essentials. */
export function SignatureCard({ signature, brief }: { signature: SignatureView; brief?: boolean }) {
  const { identity, trustRoot, checks } = signature;
  return (
    <ProvenanceCard icon={PenLine} title="Signed by the publisher" kind={identityKind(identity)}>
      {brief ? (
        <>
          <Facts>
            <IdentityEssentials identity={identity} />
            <SignedAt signature={signature} />
            <Fact label="Trust root">
              <TrustRoot trustRoot={trustRoot} />
            </Fact>
          </Facts>
          <details className="mt-4 border-t border-line pt-3">
            <summary className="rounded-sm text-sm font-medium text-accent">Every claim and check</summary>
            <div className="mt-3">
              <SignatureFacts signature={signature} />
              <ChecksList checks={checks} open />
            </div>
          </details>
        </>
      ) : (
        <>
          <SignatureFacts signature={signature} />
          <ChecksList checks={checks} open />
        </>
      )}
    </ProvenanceCard>
  );
}
