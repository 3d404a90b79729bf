import { VisibleText } from "../ui/visible-text.tsx";

export type VersionSubject = { name: string; version: string; manifestDigest: string };

/** Names in a confirm exactly which version it is about, and carries it in the form. */
export function VersionSubjectBox({ subject: { name, version, manifestDigest } }: { subject: VersionSubject }) {
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2.5">
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="version" value={version} />
      <p className="font-semibold">
        <VisibleText text={name} /> <VisibleText text={version} className="font-mono" />
      </p>
      <p className="mt-1 font-mono text-sm text-muted [overflow-wrap:anywhere]">{manifestDigest}</p>
    </div>
  );
}
