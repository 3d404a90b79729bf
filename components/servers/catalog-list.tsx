import Link from "next/link";
import type { CatalogEntryView } from "#lib/resolver/view.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import { IdentityLine } from "../provenance/identity-line.tsx";
import { Badge } from "../ui/badge.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { Delivery } from "./delivery.tsx";
import { PinBadge } from "./pin-badge.tsx";
import { serverPath } from "./server-path.ts";

/** The servers that resolve, one row each. The whole row is a link; the name is its text. */
export function CatalogList({ entries, now }: { entries: CatalogEntryView[]; now: Date }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {entries.map((entry) => (
        <CatalogRow key={entry.manifest.name} entry={entry} now={now} />
      ))}
    </ul>
  );
}

function CatalogRow({ entry: { manifest, official, approval }, now }: { entry: CatalogEntryView; now: Date }) {
  const signer = approval.bundles[0]?.identity as VerifiedIdentity | undefined;
  return (
    <li className="relative grid gap-x-6 gap-y-2 px-4 py-4 focus-within:bg-sunken/60 hover:bg-sunken/60 sm:px-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={serverPath(manifest.name)}
            className="text-md font-semibold after:absolute after:inset-0 hover:underline"
          >
            <VisibleText text={manifest.title ?? manifest.name} />
          </Link>
          <span className="font-mono text-sm text-muted">
            <VisibleText text={manifest.version} />
          </span>
          {official.status === "deprecated" ? <Badge tone="expired">Deprecated</Badge> : null}
        </p>
        <p className="font-mono text-sm text-faint">
          <VisibleText text={manifest.name} />
        </p>
        <p className="mt-1.5 max-w-prose text-base text-muted">
          <VisibleText text={manifest.description} />
        </p>
      </div>
      <div className="grid content-start gap-1.5 text-sm text-muted">
        {signer ? (
          <p className="min-w-0">
            <IdentityLine identity={signer} />
          </p>
        ) : null}
        <p>
          Countersigned <Time at={approval.approval.approvedAt} now={now} />
        </p>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Delivery manifest={manifest} />
          <PinBadge status={approval.pins.status} />
        </p>
      </div>
    </li>
  );
}
