import type { ClaimView } from "#lib/manifest/view.ts";
import { Fact, Facts } from "../ui/facts.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** What the publisher says about itself and some clients show as if it were true. Nobody has checked it. */
export function ClaimsList({ claims }: { claims: ClaimView[] }) {
  return (
    <Facts>
      {claims.map((claim) => (
        <Fact key={claim.pointer} label={<VisibleText text={claim.name} />}>
          “<VisibleText text={claim.value} />”
        </Fact>
      ))}
    </Facts>
  );
}
