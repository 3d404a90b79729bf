/**
 * How many letters must be replaced, put in or taken out to make one text of the other (Levenshtein), or `max + 1` when
 * it is more than `max`. Costs no more than the longer text times `max`, whatever the texts, since anybody may ask.
 */
export function countEdits(first: string, second: string, max: number): number {
  if (Math.abs(first.length - second.length) > max) return max + 1;
  const [a, b] = withoutCommonEnds(first, second);
  // Only places at most `max` apart can be reached: column `k` of row `i` is the place `i + k - max` of `b`.
  let row = Array.from({ length: 2 * max + 1 }, (_, k) => (k < max ? max + 1 : k - max));
  for (let i = 1; i <= a.length; i++) {
    row = nextRow(row, { a, b, i, max });
    if (row.every((edits) => edits > max)) return max + 1;
  }
  return row[b.length - a.length + max] ?? max + 1;
}

/** What both begin and end with is never edited. */
function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

type Step = { a: string; b: string; i: number; max: number };

function nextRow(row: readonly number[], { a, b, i, max }: Step): number[] {
  const next: number[] = [];
  const more = max + 1;
  for (let k = 0; k < row.length; k++) {
    const j = i + k - max;
    if (j < 0 || j > b.length) next.push(more);
    else if (j === 0) next.push(i);
    else {
      const replaced = (row[k] ?? more) + Number(a.charCodeAt(i - 1) !== b.charCodeAt(j - 1));
      next.push(Math.min(more, replaced, (row[k + 1] ?? more) + 1, (next[k - 1] ?? more) + 1));
    }
  }
  return next;
}
