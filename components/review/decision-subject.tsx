import { VisibleText } from "../ui/visible-text.tsx";

export type Subject = {
  versionId: string;
  name: string;
  version: string;
  manifestDigest: string;
  reviewDigest: string;
};

/** Names in a confirm exactly what is decided about, and carries it in the form. */
export function DecisionSubject({ subject }: { subject: Subject }) {
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2.5">
      <input type="hidden" name="versionId" value={subject.versionId} />
      <input type="hidden" name="reviewDigest" value={subject.reviewDigest} />
      <p className="font-semibold">
        <VisibleText text={subject.name} /> <VisibleText text={subject.version} className="font-mono" />
      </p>
      <dl className="mt-1 grid gap-1 text-sm">
        <DigestFact label="Manifest" value={subject.manifestDigest} />
        <DigestFact label="Review record" value={subject.reviewDigest} />
      </dl>
    </div>
  );
}

function DigestFact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd className="font-mono [overflow-wrap:anywhere]">{value}</dd>
    </div>
  );
}
