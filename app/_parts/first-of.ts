/** A query parameter's first value, without control characters and cut to what anybody may sensibly ask for. */
export function firstOf(value: string | string[] | undefined, maxCharacters = 200): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return first?.slice(0, maxCharacters).replace(/\p{Cc}/gu, "") || null;
}
