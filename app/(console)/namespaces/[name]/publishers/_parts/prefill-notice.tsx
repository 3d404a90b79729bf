import Link from "next/link";
import { IdentityFacts } from "#components/provenance/identity-facts.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Facts } from "#components/ui/facts.tsx";
import type { RulePrefillView } from "#lib/publishers/view.ts";

/** Says where the values of the form come from, and what to think about before adding the rule. */
export function PrefillNotice({ prefill, seq }: { prefill: RulePrefillView; seq: string }) {
  return (
    <Banner tone="pending" title="Filled in from a refused upload" className="mb-6">
      <p className="mb-3">
        The identity below was verified, and{" "}
        <Link href={`/audit/refusals/${encodeURIComponent(seq)}`} className="text-accent underline">
          refused
        </Link>{" "}
        because no rule allowed it. That it asked proves nothing about whether it should: compare with what the
        publisher tells you. The rule is as narrow as the upload was; widen the branches or tags where needed.
      </p>
      <Facts>
        <IdentityFacts identity={prefill.identity} />
      </Facts>
    </Banner>
  );
}
