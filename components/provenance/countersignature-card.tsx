import { Stamp } from "lucide-react";
import type { CountersignatureView } from "#lib/signing/view.ts";
import { Digest } from "../ui/digest.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { Time } from "../ui/time.tsx";
import { ProvenanceCard } from "./provenance-card.tsx";

function people(count: number): string {
  return count === 1 ? "1 person" : `${count} different people`;
}

/** "Countersigned by": one statement of this registry, approving or revoking. */
export function CountersignatureCard({ countersignature, now }: { countersignature: CountersignatureView; now: Date }) {
  const { state, expiresAt, reviewDigest, auditHead } = countersignature;
  const revoked = state === "revoked";
  return (
    <ProvenanceCard
      icon={Stamp}
      title={revoked ? "Revoked by the registry" : "Countersigned by the registry"}
      kind={`Round ${countersignature.round}, decided by ${people(countersignature.approvers)}`}
    >
      <Facts>
        <Fact label={revoked ? "Revoked at" : "Approved at"}>
          <Time at={countersignature.approvedAt} absolute />
        </Fact>
        {expiresAt ? (
          <Fact label="Expires">
            <Time at={expiresAt} absolute />{" "}
            <span className="text-muted">
              (<Time at={expiresAt} now={now} />)
            </span>
          </Fact>
        ) : null}
        <Fact label="Registry key">
          <Digest value={countersignature.keyId} label="registry key id" short />
        </Fact>
        {reviewDigest ? (
          <Fact label="Review">
            <Digest value={reviewDigest} label="review digest" short />
          </Fact>
        ) : null}
        <Fact label="Statement">
          <Digest value={countersignature.sha256} label="statement digest" short />
        </Fact>
        <Fact label="Audit head">
          <span className="tabular-nums">#{auditHead.seq}</span>{" "}
          <Digest value={auditHead.sha256} label="audit head digest" short />
        </Fact>
      </Facts>
    </ProvenanceCard>
  );
}
