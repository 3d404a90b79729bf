const maxQuotedCharacters = 200;

/**
 * Text from an attacker as one quoted line of printable ASCII: every other character becomes `\u{hex}`, quotes and
 * backslashes are escaped, and it is cut at 200 characters. Safe in terminals, logs, JSON and escaped HTML.
 */
export function quote(text: unknown): string {
  if (typeof text !== "string") return text === undefined ? "nothing" : `a ${text === null ? "null" : typeof text}`;
  const characters = Array.from(text.slice(0, maxQuotedCharacters + 1));
  const cut = characters.length > maxQuotedCharacters;
  return `"${characters.slice(0, maxQuotedCharacters).map(escapeCharacter).join("")}${cut ? "…" : ""}"`;
}

/** As `quote` without the marks, for text that is expected to be plain. */
export function plain(text: string): string {
  return quote(text).slice(1, -1);
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code < 0x7f ? character : `\\u{${code.toString(16)}}`;
}
