import { CountersignatureCard } from "#components/provenance/countersignature-card.tsx";
import { ServedProvenance } from "#components/provenance/served-provenance.tsx";
import { SignatureCard } from "#components/provenance/signature-card.tsx";
import type { ServerPage } from "./load-server.ts";

/** "Signed by" and "countersigned by": the whole record for people signed in, else what the read API serves. */
export function Provenance({ page: { entry, detail }, now }: { page: ServerPage; now: Date }) {
  if (!detail) return entry ? <ServedProvenance approval={entry.approval} now={now} /> : null;
  const newestFirst = [...detail.countersignatures].sort((a, b) => b.round - a.round);
  return (
    <>
      {detail.signatures.map((signature) => (
        <SignatureCard key={signature.bundleSha256} signature={signature} brief />
      ))}
      {newestFirst.map((countersignature) => (
        <CountersignatureCard key={countersignature.sha256} countersignature={countersignature} now={now} />
      ))}
    </>
  );
}
