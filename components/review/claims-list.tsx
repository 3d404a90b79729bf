import type { ClaimView } from "#lib/manifest/view.ts";
import { VisibleText } from "../ui/visible-text.tsx";

/** What the publisher says about itself and some clients show as if it were true. Nobody has checked it. */
export function ClaimsList({ claims }: { claims: ClaimView[] }) {
  return (
    <dl className="grid gap-y-2.5">
      {claims.map((claim) => (
        <div key={claim.pointer} className="grid gap-x-4 sm:grid-cols-[16rem_minmax(0,1fr)]">
          <dt className="text-sm text-muted">
            <VisibleText text={claim.name} />
          </dt>
          <dd>
            “<VisibleText text={claim.value} />”
          </dd>
        </div>
      ))}
    </dl>
  );
}
