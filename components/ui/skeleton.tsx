import { cn } from "./cn.ts";

/** A grey place-holder; give it the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-md bg-line/70", className)} />;
}

/** A page that is loading: heading, and a framed list of `rows`. */
export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-8 w-56" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-5">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: place-holders are all alike
          <Skeleton key={row} className="h-9" />
        ))}
      </div>
    </div>
  );
}
