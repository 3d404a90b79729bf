import { formatAbsolute, formatPrecise, formatRelative } from "./time-format.ts";

/**
 * A moment, relative to `now` (the moment the page was made), with the absolute time on hover.
 * `at` is RFC 3339. With `absolute` the text itself is the date and time, with `precise` to the second.
 */
type TimeProps = { at: string; now?: Date; absolute?: boolean; precise?: boolean };

export function Time({ at, now, absolute, precise }: TimeProps) {
  const full = precise ? formatPrecise(at) : formatAbsolute(at);
  return (
    <time dateTime={at} title={full} className="whitespace-nowrap tabular-nums">
      {absolute || precise || !now ? full : formatRelative(at, now)}
    </time>
  );
}
