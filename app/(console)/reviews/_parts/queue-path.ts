import type { ReviewQueueFilter } from "#lib/reviews/view.ts";

/** Address of the queue under a filter; what is as by default is left out. */
export function queuePath(filter: ReviewQueueFilter): string {
  const query = new URLSearchParams();
  if (filter.state !== "pending") query.set("state", filter.state);
  if (filter.namespace) query.set("namespace", filter.namespace);
  if (filter.publisher) query.set("publisher", filter.publisher);
  if (filter.olderThanDays) query.set("olderThanDays", String(filter.olderThanDays));
  if (filter.page > 1) query.set("page", String(filter.page));
  return query.size > 0 ? `/reviews?${query}` : "/reviews";
}
