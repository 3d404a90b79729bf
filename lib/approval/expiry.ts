import { DomainError } from "#lib/core/errors.ts";

const dayMs = 86_400_000;

/**
 * When an approval asked for is to end: the time given, or the last millisecond of the day given, but never beyond the
 * namespace's lifetime when only a day was given.
 * @param text RFC 3339 time, or a date.
 * @throws DomainError `invalid-input` when it is past or later than the lifetime allows.
 */
export function toExpiry(text: string, lifetimeDays: number, now: Date): Date {
  const latest = now.getTime() + lifetimeDays * dayMs;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const asked = Date.parse(isDay ? `${text}T23:59:59.999Z` : text);
  const sameDayAsLatest = isDay && new Date(latest).toISOString().startsWith(text);
  const end = sameDayAsLatest ? latest : asked;
  if (!(end > now.getTime())) throw refuse("The approval would end before it begins.");
  if (end > latest) throw refuse(`Approvals last at most ${lifetimeDays} days here.`);
  return new Date(end);
}

function refuse(detail: string): DomainError {
  return new DomainError("invalid-input", detail, { fields: [{ pointer: "/expiresAt", detail, code: "expiry" }] });
}
