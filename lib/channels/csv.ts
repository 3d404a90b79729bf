import { escapeForTerminal } from "#lib/core/escape.ts";

/** What spreadsheets take for the beginning of a formula, in full width, too. */
const formula = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const plain = /^[^",]*$/;

/**
 * One record of RFC 4180, with its line end. Text that people chose cannot become a formula where the file is opened,
 * and what could not be seen is shown by its code point: such text begins with an apostrophe, or has a backslash.
 */
export function toCsvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(toField).join(",")}\r\n`;
}

function toField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const shown = escapeForTerminal(value);
  const text = formula.test(shown.trimStart()) ? `'${shown}` : shown;
  return plain.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
