import { visit } from "jsonc-parser";
import { type JsonPath, toPointer } from "#lib/core/json-pointer.ts";
import { readPlainJson } from "#lib/core/plain-json.ts";

export type StrictJsonCode =
  | "too-large"
  | "not-utf8"
  | "byte-order-mark"
  | "syntax"
  | "too-deep"
  | "duplicate-key"
  | "case-variant-key"
  | "forbidden-key"
  | "escaped-key"
  | "number-out-of-range"
  | "lone-surrogate";

export type JsonProblem = { code: StrictJsonCode; pointer: string; detail: string };

export type StrictJsonOptions = {
  /** What the document is, for messages: "manifest", "bundle". */
  what: string;
  /** Refused above this size, before anything is decoded. */
  maxBytes: number;
  /** Nesting of objects and arrays. Default 64. */
  maxDepth?: number;
  /** Whether keys of one object may differ by letter case alone, as `Name` and `name`. Default "refuse". */
  caseVariants?: "refuse" | "allow";
  /** Objects (by path) whose keys are data, so that they may differ by case alone: environment maps, `_meta`. */
  isMap?: (path: JsonPath) => boolean;
};

/** A document that is no strict JSON. `detail` never repeats text of the document. */
export class StrictJsonError extends Error {
  readonly code: StrictJsonCode;
  readonly pointer: string;
  readonly detail: string;

  constructor(problem: JsonProblem) {
    super(`${problem.code} at "${problem.pointer}": ${problem.detail}`);
    this.name = "StrictJsonError";
    this.code = problem.code;
    this.pointer = problem.pointer;
    this.detail = problem.detail;
  }
}

/** What stops the reading at once: nothing after it can be trusted to be at its place. */
class Fatal extends Error {
  readonly problem: JsonProblem;
  constructor(code: StrictJsonCode, detail: string, path: JsonPath = []) {
    super(code);
    this.problem = { code, pointer: toPointer(path), detail };
  }
}

const maxProblems = 100;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Parses bytes that every JSON parser reads alike: valid UTF-8 without a byte order mark, no repeated key, no key
 * written with an escape, no `__proto__`, no keys differing by case alone, bounded depth, no number that loses precision
 * (integers beyond ±(2^53−1) or out of range), no lone surrogate. Two readers then cannot see two documents.
 * Nothing about the shape of the value is checked.
 * @throws StrictJsonError with the first problem.
 */
export function parseStrictJson(bytes: Uint8Array, options: StrictJsonOptions): unknown {
  const plain = readPlainJson(bytes, options);
  if (plain !== undefined) return plain;
  const { value, problems } = inspectJson(bytes, options);
  const [first] = problems;
  if (first) throw new StrictJsonError(first);
  return value;
}

/**
 * As parseStrictJson, but answers with every problem (at most 100) at its JSON pointer. `value` is undefined when
 * the text is no JSON at all; with problems it may only be used to look for more of them.
 */
export function inspectJson(
  bytes: Uint8Array,
  options: StrictJsonOptions,
): { value: unknown; problems: readonly JsonProblem[] } {
  const problems: JsonProblem[] = [];
  try {
    const text = decode(bytes, options);
    inspectTree(text, options, problems);
    return { value: parseText(text, options), problems };
  } catch (error) {
    if (!(error instanceof Fatal)) throw error;
    return { value: undefined, problems: [...problems, error.problem] };
  }
}

function decode(bytes: Uint8Array, { what, maxBytes }: StrictJsonOptions): string {
  if (bytes.length > maxBytes) throw new Fatal("too-large", `The ${what} is larger than ${maxBytes} bytes.`);
  if (byteOrderMark.every((byte, at) => bytes[at] === byte)) {
    throw new Fatal("byte-order-mark", `The ${what} starts with a byte order mark.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fatal("not-utf8", `The ${what} is not valid UTF-8.`);
  }
}

function parseText(text: string, { what }: StrictJsonOptions): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fatal("syntax", `The ${what} is not valid JSON.`);
  }
}

type Keys = { exact: Set<string>; folded: Set<string> | null };

function inspectTree(text: string, options: StrictJsonOptions, problems: JsonProblem[]): void {
  const maxDepth = options.maxDepth ?? 64;
  const open: Keys[] = [];
  let depth = 0;

  const add = (code: StrictJsonCode, path: JsonPath, detail: string) => {
    if (problems.length < maxProblems) problems.push({ code, pointer: toPointer(path), detail });
  };
  const enter = (path: JsonPath) => {
    depth += 1;
    if (depth > maxDepth) throw new Fatal("too-deep", `Nested deeper than ${maxDepth} levels.`, path);
  };

  visit(
    text,
    {
      onObjectBegin: (_offset, _length, _line, _column, path) => {
        enter(path());
        const free = options.caseVariants === "allow" || options.isMap?.(path()) === true;
        open.push({ exact: new Set(), folded: free ? null : new Set() });
      },
      onObjectEnd: () => {
        depth -= 1;
        open.pop();
      },
      onArrayBegin: (_offset, _length, _line, _column, path) => enter(path()),
      onArrayEnd: () => {
        depth -= 1;
      },
      onObjectProperty: (key, _offset, length, _line, _column, path) => {
        const keys = open.at(-1);
        const report: Report = (code, detail) => add(code, [...path(), key.toWellFormed()], detail);
        if (keys) inspectKey(key, keys, report);
        if (length !== key.length + quotes) report("escaped-key", "Write the key without escapes.");
      },
      onLiteralValue: (value, _offset, _length, _line, _column, path) => {
        inspectLiteral(value, (code, detail) => add(code, path(), detail));
      },
      onError: (_error, _offset, _length, line, column) => {
        const place = `line ${line + 1}, column ${column + 1}`;
        throw new Fatal("syntax", `The ${options.what} is not valid JSON (${place}).`);
      },
    },
    { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
  );
}

type Report = (code: StrictJsonCode, detail: string) => void;

/**
 * Of a key without escapes, which takes as many characters beside its own. JSON.parse of some engines (V8 13) takes an
 * escaped key for another one that it read before, so that `"\u0061"` becomes `"\\"`: nobody could say what is meant.
 */
const quotes = 2;

function inspectKey(key: string, keys: Keys, report: Report): void {
  if (key === "__proto__") report("forbidden-key", "The key __proto__ is not allowed.");
  if (!key.isWellFormed()) report("lone-surrogate", "A key holds half of a surrogate pair.");
  const folded = foldCase(key);
  if (keys.exact.has(key)) report("duplicate-key", "The key appears more than once in its object.");
  else if (keys.folded?.has(folded)) {
    report("case-variant-key", "The key differs from another one of its object by letter case alone.");
  }
  keys.exact.add(key);
  keys.folded?.add(folded);
}

/** Both directions, because some parsers also match the long s and the Kelvin sign. */
function foldCase(key: string): string {
  return key.toLowerCase().toUpperCase();
}

function inspectLiteral(value: unknown, report: Report): void {
  if (typeof value === "string" && !value.isWellFormed()) {
    report("lone-surrogate", "The text holds half of a surrogate pair.");
  }
  if (typeof value !== "number") return;
  const unsafe = !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
  if (unsafe) report("number-out-of-range", "The number is beyond ±(2^53−1).");
}
