import { ChevronRight, ChevronsLeft } from "lucide-react";
import Link from "next/link";
import { buttonLook } from "#components/ui/button.tsx";
import type { EventSearch } from "./read-search.ts";

/** The way to older events and back to the newest; the filter goes along. */
export function OlderEvents({ base, filter, next }: { base: string; filter: EventSearch; next: number | null }) {
  if (next === null && !filter.before) return null;
  const { before: _shown, ...kept } = filter;
  return (
    <nav aria-label="Pages" className="mt-4 flex items-center justify-between gap-4">
      {filter.before ? (
        <Link href={toHref(base, kept)} className={buttonLook({ size: "sm" })}>
          <ChevronsLeft aria-hidden="true" /> Newest
        </Link>
      ) : (
        <span />
      )}
      {next === null ? (
        <p className="text-sm text-muted">The chain begins here.</p>
      ) : (
        <Link href={toHref(base, { ...kept, before: String(next) })} className={buttonLook({ size: "sm" })}>
          Older <ChevronRight aria-hidden="true" />
        </Link>
      )}
    </nav>
  );
}

function toHref(base: string, search: EventSearch): string {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value));
  return query.size === 0 ? base : `${base}?${query}`;
}
