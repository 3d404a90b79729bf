import Link from "next/link";
import type { ReviewQueueView } from "#lib/reviews/view.ts";

/** Numbers above the queue; those that are a list lead to it. */
export function Counters({ counters }: { counters: ReviewQueueView["counters"] }) {
  return (
    <dl className="mb-6 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-5">
      <Counter label="Waiting for you" value={counters.waitingForYou} strong />
      <Counter label="Pending" value={counters.pending} href="/reviews" />
      <Counter label="Expiring in 14 days" value={counters.expiringSoon} />
      <Counter label="Countersigned" value={counters.approved} href="/reviews?state=approved" />
      <Counter label="Refused in 24 h" value={counters.refused24h} />
    </dl>
  );
}

function Counter({ label, value, href, strong }: { label: string; value: number; href?: string; strong?: boolean }) {
  return (
    <div className="flex flex-col-reverse bg-surface px-4 py-3 last:col-span-2 sm:last:col-span-1">
      <dt className="text-sm text-muted">
        {href ? (
          <Link href={href} className="underline decoration-line-strong underline-offset-2 hover:text-ink">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className={`text-xl font-semibold tabular-nums ${strong && value > 0 ? "text-accent" : ""}`}>{value}</dd>
    </div>
  );
}
