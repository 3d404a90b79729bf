"use client";

import { type LucideIcon, ServerCrash, Unplug } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type Failure = { icon: LucideIcon; title: string; heading: string; text: string; reference: string | null };

const away: Failure = {
  icon: Unplug,
  title: "The registry cannot answer at the moment",
  heading: "Temporarily unavailable",
  text: "Something it needs does not answer, most likely its database. Looking at this page has changed nothing, and clients that resolve servers do not depend on these pages. Try again in a moment.",
  reference: null,
};

function toFailure(digest: string | undefined): Failure {
  if (digest === "unavailable") return away;
  const quote = digest ? " and quote the reference" : "";
  return {
    icon: ServerCrash,
    title: "This page could not be made",
    heading: "Something went wrong",
    text: `Looking at it has changed nothing, and clients that resolve servers do not depend on these pages. If it stays like this, tell an operator of the registry${quote}.`,
    reference: digest ?? null,
  };
}

/**
 * A page that could not be made. `digest` says that something the registry needs does not answer, or else finds the
 * cause in the log; the cause itself never reaches the browser.
 */
export function PageFailure({ digest, retry }: { digest: string | undefined; retry: () => void }) {
  const { icon, title, heading, text, reference } = toFailure(digest);
  return (
    <EmptyState
      icon={icon}
      title={title}
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      <h1 className="sr-only">{heading}</h1>
      <p>{text}</p>
      {reference ? <p className="mt-2 font-mono text-sm">Reference {reference}</p> : null}
    </EmptyState>
  );
}
