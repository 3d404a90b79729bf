const maxPatternCharacters = 200;
const prefixes = ["refs/heads/", "refs/tags/"];

/** A pattern names branches or tags: it starts with `refs/heads/` or `refs/tags/` and has no empty segment. */
export function isRefPattern(pattern: string): boolean {
  if (pattern.length > maxPatternCharacters || !/^[\x21-\x7e]+$/.test(pattern)) return false;
  if (!prefixes.some((prefix) => pattern.startsWith(prefix) && pattern.length > prefix.length)) return false;
  return pattern.split("/").every((segment) => segment !== "" && (segment === "**" || !segment.includes("**")));
}

/**
 * Anchored glob: `*` is any run of characters inside one segment, a segment `**` any number of segments, everything
 * else is literal. Never compiled to a regular expression: time is bounded by pattern length × ref length.
 */
export function matchesRef(pattern: string, ref: string): boolean {
  if (!isRefPattern(pattern)) return false;
  return matchesGlob(pattern.split("/"), ref.split("/"), (segment) => segment === "**", matchesSegment);
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matchesGlob([...pattern], [...segment], (character) => character === "*", Object.is);
}

/** Greedy matching that goes back to the last wildcard only, which is enough for globs and never exponential. */
function matchesGlob<T>(
  pattern: readonly T[],
  input: readonly T[],
  isWildcard: (part: T) => boolean,
  equal: (part: T, value: T) => boolean,
): boolean {
  let at = 0;
  let wildcard = -1;
  let resume = 0;
  for (let read = 0; read < input.length; ) {
    const part = pattern[at];
    if (part !== undefined && isWildcard(part)) {
      wildcard = at++;
      resume = read;
    } else if (part !== undefined && equal(part, input[read] as T)) {
      at++;
      read++;
    } else if (wildcard >= 0) {
      at = wildcard + 1;
      read = ++resume;
    } else return false;
  }
  return pattern.slice(at).every(isWildcard);
}
