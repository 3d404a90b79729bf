import { cn } from "../ui/cn.ts";
import { VisibleText } from "../ui/visible-text.tsx";
import { type StructuralChange, structuralDiff } from "./structural-diff.ts";

/** What differs between two manifests, by JSON pointer, blind to white space and order. Both texts are valid JSON. */
export function StructuralChanges({ before, after }: { before: string; after: string }) {
  const changes = structuralDiff(JSON.parse(before), JSON.parse(after));
  if (changes.length === 0)
    return <p className="text-muted">The two manifests hold the same values; only their spelling differs.</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {changes.map((change) => (
        <Change key={change.pointer} change={change} />
      ))}
    </ul>
  );
}

function Change({ change }: { change: StructuralChange }) {
  return (
    <li className="grid gap-1 px-3 py-2.5">
      <p className="font-mono text-sm text-muted">
        <VisibleText text={change.pointer || "/"} /> <span className="font-sans">({change.kind})</span>
      </p>
      {change.before !== null ? <Value removed text={change.before} /> : null}
      {change.after !== null ? <Value text={change.after} /> : null}
    </li>
  );
}

function Value({ text, removed }: { text: string; removed?: boolean }) {
  return (
    <pre
      className={cn(
        "rounded-sm px-2 py-1 font-mono text-sm whitespace-pre-wrap",
        removed ? "bg-revoked-soft" : "bg-approved-soft",
      )}
    >
      <span aria-hidden="true" className="select-none">
        {removed ? "− " : "+ "}
      </span>
      <span className="sr-only">{removed ? "before: " : "after: "}</span>
      <VisibleText text={text} block />
    </pre>
  );
}
