import type { ChangeView } from "#lib/reviews/view.ts";
import { Badge } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";
import { VisibleText } from "../ui/visible-text.tsx";

const areaNames: Record<ChangeView["area"], string> = {
  signer: "Signer",
  package: "Packages",
  remote: "Remotes",
  argument: "Arguments",
  environment: "Environment",
  secret: "Secrets",
  metadata: "Description and links",
};

const kinds: Record<ChangeView["kind"], { label: string; tone: Tone }> = {
  added: { label: "Added", tone: "approved" },
  removed: { label: "Removed", tone: "revoked" },
  changed: { label: "Changed", tone: "pending" },
};

/** What changes against the version that is live, grouped by area. */
export function ChangesList({ changes }: { changes: ChangeView[] }) {
  const areas = (Object.keys(areaNames) as ChangeView["area"][]).filter((area) =>
    changes.some((change) => change.area === area),
  );
  return (
    <div className="grid gap-5">
      {areas.map((area) => (
        <section key={area}>
          <h3 className="mb-1.5 text-sm font-semibold text-muted">{areaNames[area]}</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {changes
              .filter((change) => change.area === area)
              .map((change) => (
                <ChangeRow key={`${change.pointer} ${change.kind} ${change.label}`} change={change} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ChangeRow({ change }: { change: ChangeView }) {
  const { label, tone } = kinds[change.kind];
  return (
    <li className="grid gap-x-4 gap-y-1 px-3 py-2.5 sm:grid-cols-[5.5rem_minmax(0,1fr)]">
      <span>
        <Badge tone={tone}>{label}</Badge>
      </span>
      <div className="min-w-0">
        <p className="font-medium">
          <VisibleText text={change.label} />
        </p>
        {change.before !== null ? <Side word="before" sign="−" text={change.before} /> : null}
        {change.after !== null ? <Side word="after" sign="+" text={change.after} /> : null}
      </div>
    </li>
  );
}

function Side({ word, sign, text }: { word: string; sign: string; text: string }) {
  return (
    <p className="grid grid-cols-[1rem_minmax(0,1fr)] font-mono text-sm">
      <span aria-hidden="true" className={sign === "+" ? "text-approved" : "text-revoked"}>
        {sign}
      </span>
      <span>
        <span className="sr-only">{word}: </span>
        <VisibleText text={text} className={sign === "+" ? "text-ink" : "text-muted"} />
      </span>
    </p>
  );
}
