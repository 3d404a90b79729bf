const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const absolute = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});

const withSeconds = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "UTC",
});

/** "3 hours ago", "in 2 months", "just now". @param at RFC 3339 */
export function formatRelative(at: string, now: Date): string {
  const seconds = Math.round((Date.parse(at) - now.getTime()) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return "just now";
}

/** "12 May 2026, 14:03 UTC". Always UTC, so that two people who compare screens see the same. @param at RFC 3339 */
export function formatAbsolute(at: string): string {
  return `${absolute.format(new Date(at))} UTC`;
}

/** "12 May 2026, 14:03:27 UTC": for evidence, where the order within a minute counts. @param at RFC 3339 */
export function formatPrecise(at: string): string {
  return `${withSeconds.format(new Date(at))} UTC`;
}
