import type { Clause, Selection } from "#lib/channels/view.ts";
import { Unfold } from "../ui/unfold.tsx";
import { isEverything } from "./selection-draft.ts";

/** In words which servers a selection takes. */
export function SelectionSummary({ selection: { include, exclude } }: { selection: Selection }) {
  const everything = include.some(isEverything);
  return (
    <div className="grid gap-3">
      {everything ? (
        <p>Every server that resolves</p>
      ) : (
        <ClauseList label="Servers that match any of" clauses={include} />
      )}
      {exclude.length > 0 ? <ClauseList label="But not those that match any of" clauses={exclude} /> : null}
    </div>
  );
}

function ClauseList({ label, clauses }: { label: string; clauses: Clause[] }) {
  if (clauses.length === 0) return <p>No server: nothing is included.</p>;
  return (
    <div>
      <p className="text-sm text-muted">{label}</p>
      <Unfold items={clauses} first={10} noun="rows">
        {(rows) => (
          <ul className="my-1.5 grid gap-1.5">
            {rows.map((clause) => (
              <li key={JSON.stringify(clause)} className="flex flex-wrap items-baseline gap-x-1.5">
                <ClauseText clause={clause} />
              </li>
            ))}
          </ul>
        )}
      </Unfold>
    </div>
  );
}

function ClauseText({ clause: { namespace, server, tag } }: { clause: Clause }) {
  const parts = [
    ["namespace", namespace === "*" ? undefined : namespace],
    ["server", server],
    ["tag", tag],
  ].filter((part): part is [string, string] => part[1] !== undefined);
  if (parts.length === 0) return "every server";
  return parts.map(([kind, value], at) => (
    <span key={kind} className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className="text-sm text-muted">
        {at > 0 ? "and " : ""}
        {kind}
      </span>
      <code className="rounded-sm bg-sunken px-1 font-mono text-sm [overflow-wrap:anywhere]">{value}</code>
    </span>
  ));
}
