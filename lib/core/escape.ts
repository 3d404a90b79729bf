/**
 * Text we did not write, made safe to look at. Nothing is dropped: what would act on a terminal, reorder a line or
 * not be seen at all is shown by its code point.
 */

export type EscapedKind = "control" | "bidi" | "invisible";

export type EscapedSegment =
  | { kind: "text"; text: string }
  /** `label` is `U+202E`; `name` is for a tooltip. */
  | { kind: EscapedKind; codePoint: number; label: string; name: string };

const bidiCharacters = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const controlCharacters = /\p{Cc}/u;
/**
 * Format and default-ignorable characters, every space but the plain one, line and paragraph separators, private
 * use, surrogate halves, unassigned code points, and blanks that are letters by class.
 */
const invisibleCharacters = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Zs}\p{Co}\p{Cs}\p{Cn}\u2800\ufffc]/u;

const names: Readonly<Record<number, string>> = {
  0: "NULL",
  7: "BELL",
  8: "BACKSPACE",
  9: "TAB",
  10: "LINE FEED",
  13: "CARRIAGE RETURN",
  27: "ESCAPE",
  127: "DELETE",
  133: "NEXT LINE",
  155: "CONTROL SEQUENCE INTRODUCER",
  160: "NO-BREAK SPACE",
  173: "SOFT HYPHEN",
  1564: "ARABIC LETTER MARK",
  4447: "HANGUL CHOSEONG FILLER",
  8203: "ZERO WIDTH SPACE",
  8204: "ZERO WIDTH NON-JOINER",
  8205: "ZERO WIDTH JOINER",
  8206: "LEFT-TO-RIGHT MARK",
  8207: "RIGHT-TO-LEFT MARK",
  8232: "LINE SEPARATOR",
  8233: "PARAGRAPH SEPARATOR",
  8234: "LEFT-TO-RIGHT EMBEDDING",
  8235: "RIGHT-TO-LEFT EMBEDDING",
  8236: "POP DIRECTIONAL FORMATTING",
  8237: "LEFT-TO-RIGHT OVERRIDE",
  8238: "RIGHT-TO-LEFT OVERRIDE",
  8288: "WORD JOINER",
  8294: "LEFT-TO-RIGHT ISOLATE",
  8295: "RIGHT-TO-LEFT ISOLATE",
  8296: "FIRST STRONG ISOLATE",
  8297: "POP DIRECTIONAL ISOLATE",
  10240: "BRAILLE PATTERN BLANK",
  12288: "IDEOGRAPHIC SPACE",
  12644: "HANGUL FILLER",
  65279: "BYTE ORDER MARK",
};

/** What a single character would do unescaped; "text" when it is simply visible. */
export function classifyCharacter(character: string): "text" | EscapedKind {
  if (character === " ") return "text";
  if (controlCharacters.test(character)) return "control";
  if (bidiCharacters.test(character)) return "bidi";
  return invisibleCharacters.test(character) ? "invisible" : "text";
}

/** `U+` and at least four upper-case hex digits. */
export function codePointLabel(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Splits text into runs that can be shown as they are and single characters that must be shown by name. */
export function escapeInvisible(text: string): EscapedSegment[] {
  const segments: EscapedSegment[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") segments.push({ kind: "text", text: plain });
    plain = "";
  };
  for (const character of text) {
    const kind = classifyCharacter(character);
    if (kind === "text") {
      plain += character;
      continue;
    }
    flush();
    const codePoint = character.codePointAt(0) ?? 0;
    segments.push({ kind, codePoint, label: codePointLabel(codePoint), name: nameOf(codePoint, kind) });
  }
  flush();
  return segments;
}

function nameOf(codePoint: number, kind: EscapedKind): string {
  const known = names[codePoint];
  if (known) return known;
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f) return "TAG CHARACTER";
  if (isVariationSelector(codePoint)) return "VARIATION SELECTOR";
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return "HALF OF A SURROGATE PAIR";
  return { control: "CONTROL CHARACTER", bidi: "DIRECTION CHARACTER", invisible: "INVISIBLE CHARACTER" }[kind];
}

function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}

/** Whether the text holds anything that escapeInvisible would name. */
export function hasHiddenCharacters(text: string): boolean {
  return escapeInvisible(text).some((segment) => segment.kind !== "text");
}

export type TerminalOptions = {
  /** Longer text is cut and says by how much. Default 2000 characters. */
  maxChars?: number;
  /** Keep line feeds, for text that is a block of its own. Default false. */
  keepLines?: boolean;
};

/**
 * One printable line (or block): every control, direction or invisible character becomes `\u{202E}`, and the
 * backslash itself `\\`, so that nothing can pretend to be escaped.
 */
export function escapeForTerminal(text: string, { maxChars = 2000, keepLines = false }: TerminalOptions = {}): string {
  const cut = text.length > maxChars ? text.slice(0, maxChars) : text;
  const shown = escapeInvisible(cut)
    .map((segment) => {
      if (segment.kind === "text") return segment.text.replaceAll("\\", "\\\\");
      if (keepLines && segment.codePoint === 0x0a) return "\n";
      return `\\u{${segment.codePoint.toString(16).toUpperCase()}}`;
    })
    .join("");
  return cut === text ? shown : `${shown}… (${text.length - cut.length} more characters)`;
}

const plainArgument = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/**
 * A command line that a POSIX shell reads back as exactly these arguments. The only function that may make a
 * command for a person to copy.
 * @throws RangeError when an argument holds a control, direction or invisible character: such a command could not
 *   be read by the person who is about to run it.
 */
export function shellQuote(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(" ");
}

function quoteArgument(argument: string): string {
  if (hasHiddenCharacters(argument)) {
    throw new RangeError("an argument holds characters that cannot be shown in a command");
  }
  return plainArgument.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
