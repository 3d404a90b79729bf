import type { ExitCode } from "./exit-codes.ts";
import type { SafeText } from "./terminal/safe-text.ts";

/** Why a command did not do what it was asked: how it ends, what is printed, and what --json says. */
export class Failure extends Error {
  readonly exit: ExitCode;
  /** Stable, for scripts. */
  readonly code: string;
  readonly text: SafeText;
  /** Further lines: fields that are wrong, what to do next. */
  readonly lines: readonly SafeText[];
  /** More members of the JSON error. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    exit: ExitCode,
    code: string,
    text: SafeText,
    more: { lines?: readonly SafeText[]; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(text, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "Failure";
    this.exit = exit;
    this.code = code;
    this.text = text;
    this.lines = more.lines ?? [];
    this.details = more.details ?? {};
  }
}
