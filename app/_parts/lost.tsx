import { Compass, Lock } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

function Way() {
  return (
    <Button asChild>
      <Link href="/">To the catalogue</Link>
    </Button>
  );
}

/** Says the same for what is not there and for what may not be seen. */
export function NotFoundNotice() {
  return (
    <EmptyState icon={Compass} title="There is nothing here that you can see" actions={<Way />}>
      <h1 className="sr-only">Not found</h1>
      <p>The address may be wrong, or it may lead to something that is not shown to you.</p>
    </EmptyState>
  );
}

export function ForbiddenNotice() {
  return (
    <EmptyState icon={Lock} title="Your roles do not reach here" actions={<Way />}>
      <h1 className="sr-only">Not allowed</h1>
      <p>An administrator of this registry can give you the role that is needed.</p>
    </EmptyState>
  );
}
