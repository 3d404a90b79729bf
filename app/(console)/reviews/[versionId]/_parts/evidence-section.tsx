import { SignatureCard } from "#components/provenance/signature-card.tsx";
import { ValidationList } from "#components/review/validation-list.tsx";
import { Card } from "#components/ui/card.tsx";
import type { ReviewRecord } from "#lib/reviews/view.ts";

/** Why the registry let it in: signatures with every check, and what the official rules say. */
export function EvidenceSection({ record: { signatures, validation } }: { record: ReviewRecord }) {
  return (
    <section id="evidence" className="grid gap-6" aria-label="Evidence">
      <h2 className="sr-only">Evidence</h2>
      {signatures.map((signature) => (
        <SignatureCard key={signature.bundleSha256} signature={signature} />
      ))}
      <Card title="Validation" description="What the official rules for server.json say">
        <ValidationList issues={validation} />
      </Card>
      <Card title="Surface" description="What a model would see: instructions, tools, prompts, resources">
        <p>Not captured. Nobody has looked at what the running server offers.</p>
      </Card>
    </section>
  );
}
