"use client";

import type { ReactNode } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useLinkToken } from "./link-token.ts";

/** What needs the one-time token of the address, or what to do when it is not there. */
export function WithLink({ children }: { children: (token: string) => ReactNode }) {
  const token = useLinkToken();
  if (token === undefined) return <Skeleton className="h-24" />;
  if (token !== null) return children(token);
  return (
    <Banner tone="pending" title="The link is not complete">
      Open it again exactly as you were given it. What follows the # must be there.
    </Banner>
  );
}
