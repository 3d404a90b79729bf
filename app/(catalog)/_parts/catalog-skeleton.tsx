import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["a", "b", "c", "d", "e"];

export function CatalogSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the catalogue"
      className="divide-y divide-line rounded-lg border border-line bg-surface"
    >
      {rows.map((row) => (
        <div key={row} className="grid gap-2 px-5 py-4">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-4 w-72 max-w-full" />
          <Skeleton className="h-4 w-full max-w-lg" />
        </div>
      ))}
    </div>
  );
}
