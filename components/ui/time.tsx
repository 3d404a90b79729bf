import { formatAbsolute, formatRelative } from "./time-format.ts";

/**
 * A moment, relative to `now` (the moment the page was made), with the absolute time on hover.
 * `at` is RFC 3339. With `absolute` the text itself is the date and time.
 */
export function Time({ at, now, absolute }: { at: string; now?: Date; absolute?: boolean }) {
  const full = formatAbsolute(at);
  return (
    <time dateTime={at} title={full} className="whitespace-nowrap tabular-nums">
      {absolute || !now ? full : formatRelative(at, now)}
    </time>
  );
}
