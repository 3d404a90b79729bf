import { ClipboardCheck } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** An empty queue: nothing waits, or the filters hide what does. `waiting` counts without any filter. */
export function NothingListed({ filtered, waiting }: { filtered: boolean; waiting: number }) {
  if (!filtered)
    return (
      <EmptyState icon={ClipboardCheck} title="Nothing is waiting">
        A version appears here once its publisher has signed and uploaded it.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={ClipboardCheck}
      title="No version matches these filters"
      actions={
        <Button asChild>
          <Link href="/reviews">Show everything pending</Link>
        </Button>
      }
    >
      {waiting === 0 ? "Nothing is waiting for review." : `${waiting} waiting for review in all.`}
    </EmptyState>
  );
}
