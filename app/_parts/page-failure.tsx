"use client";

import { ServerCrash } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** A page that could not be made. `digest` finds the cause in the log; the cause itself never reaches the browser. */
export function PageFailure({ digest, retry }: { digest: string | undefined; retry: () => void }) {
  return (
    <EmptyState
      icon={ServerCrash}
      title="This page could not be made"
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      <h1 className="sr-only">Something went wrong</h1>
      <p>
        Looking at it has changed nothing, and clients that resolve servers do not depend on these pages. If it stays
        like this, tell an operator of the registry{digest ? " and quote the reference" : ""}.
      </p>
      {digest ? <p className="mt-2 font-mono text-sm">Reference {digest}</p> : null}
    </EmptyState>
  );
}
