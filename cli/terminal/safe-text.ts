import { styleText } from "node:util";
import { escapeForTerminal, shellQuote } from "#lib/core/escape.ts";

declare const safeMark: unique symbol;

/** Text that may be written to a terminal: ours, or escaped. Only this module makes it. */
export type SafeText = string & { readonly [safeMark]: true };

type Value = SafeText | string | number | boolean | null | undefined;

class Trusted {
  readonly text: SafeText;
  constructor(text: SafeText) {
    this.text = text;
  }
}

/** Text we wrote, with every value in it escaped: safe`Published ${name}`. A value is kept as it is by `raw`. */
export function safe(strings: TemplateStringsArray, ...values: (Value | Trusted)[]): SafeText {
  let out = strings[0] ?? "";
  for (const [at, value] of values.entries()) {
    out += value instanceof Trusted ? value.text : escapeForTerminal(String(value ?? ""));
    out += strings[at + 1] ?? "";
  }
  return out as SafeText;
}

/** Puts safe text inside other safe text without escaping it twice. */
export function raw(text: SafeText): Trusted {
  return new Trusted(text);
}

/** Text of several lines from elsewhere, such as a reviewer's reason: escaped, its line feeds kept. */
export function safeBlock(text: string, indent = ""): SafeText {
  const lines = escapeForTerminal(text, { keepLines: true, maxChars: 8000 }).split("\n");
  return lines.map((line) => indent + line).join("\n") as SafeText;
}

/** A command for the user to copy, or null when its arguments cannot be shown honestly. */
export function safeCommand(argv: readonly string[]): SafeText | null {
  try {
    return shellQuote(argv) as SafeText;
  } catch {
    return null;
  }
}

export type Style = "bold" | "dim" | "green" | "red" | "yellow";

/** Colour, left out where the stream has none or NO_COLOR is set. */
export function styled(style: Style, text: SafeText, stream: NodeJS.WriteStream): SafeText {
  return styleText(style, text, { stream }) as SafeText;
}

/** Values of a table of two columns, aligned. Empty values are left out. */
export function safeTable(rows: readonly (readonly [string, SafeText | null])[]): SafeText[] {
  const shown = rows.filter((row) => row[1] !== null && row[1] !== "");
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  return shown.map(([label, value]) => `  ${label.padEnd(width)}  ${value}` as SafeText);
}
