"use client";

import Link from "next/link";
import type { ChangeOutcomeView } from "#lib/namespaces/view.ts";
import { Banner } from "../ui/banner.tsx";
import { WaitsFor } from "./change-facts.tsx";

/** After a change was asked for: done, or what it now waits for. */
export function ChangeOutcome({ outcome, done }: { outcome: ChangeOutcomeView; done: string }) {
  if (outcome.applied) return <Banner tone="approved" title={done} live />;
  return (
    <Banner tone="pending" title="Written down, not yet in force" live>
      <p>
        This loosens what protects the registry. <WaitsFor change={outcome.change} />
      </p>
      <p className="mt-1">
        <Link href="/policy-changes" className="text-accent underline">
          Waiting changes
        </Link>
      </p>
    </Banner>
  );
}
