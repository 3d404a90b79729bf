import Link from "next/link";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { WaitsFor } from "./change-facts.tsx";

/** Above the pages a waiting change is about; nothing when none waits. */
export function WaitingChanges({ changes, now }: { changes: PolicyChangeView[]; now: Date }) {
  const waiting = changes.filter((change) => change.state === "waiting");
  if (waiting.length === 0) return null;
  const title =
    waiting.length === 1 ? "A change of policy is waiting" : `${waiting.length} changes of policy are waiting`;
  const look = (
    <Button asChild size="sm">
      <Link href="/policy-changes">Look at waiting changes</Link>
    </Button>
  );
  return (
    <Banner tone="pending" title={title} actions={look} className="mb-6">
      <ul className="grid gap-1">
        {waiting.slice(0, 5).map((change) => (
          <li key={change.id}>
            <VisibleText text={change.summary} />
            <span className="block text-sm text-muted">
              <WaitsFor change={change} now={now} />
            </span>
          </li>
        ))}
      </ul>
      {waiting.length > 5 ? <p className="mt-1">And {waiting.length - 5} more.</p> : null}
    </Banner>
  );
}
