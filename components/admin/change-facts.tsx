import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** What a waiting change is waiting for. */
export function WaitsFor({ change, now }: { change: PolicyChangeView; now?: Date }) {
  if (!change.effectiveAt) return <>Waits for another administrator.</>;
  return (
    <>
      Takes effect by itself <Time at={change.effectiveAt} now={now} absolute={!now} />, unless it is cancelled.
    </>
  );
}

/** Who asked for a change, and when. */
export function ProposedBy({ change, now }: { change: PolicyChangeView; now: Date }) {
  return (
    <>
      Proposed by <VisibleText text={change.proposedBy} />, <Time at={change.proposedAt} now={now} />.
    </>
  );
}
