import { isUtf8 } from "node:buffer";
import type { StrictJsonOptions } from "#lib/core/strict-json.ts";

/**
 * Reads documents that strict JSON has nothing to say against, which is nearly all of them, at the cost of one
 * `JSON.parse` and one look at its value. Says nothing about why it could not: then the document must be inspected.
 * @returns the value, or undefined when it has a problem or might have one.
 */
export function readPlainJson(bytes: Uint8Array, options: StrictJsonOptions): unknown {
  if (bytes.length > options.maxBytes || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    const tree = new PlainTree(options);
    // A repeated key is in the text, but not in the value; with an escaped one the value may not be what the text says.
    return tree.isPlain(value, 1) && tree.keys === countKeys(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

class PlainTree {
  /** Keys seen so far. */
  keys = 0;
  readonly #path: (string | number)[] = [];
  readonly #maxDepth: number;
  readonly #options: StrictJsonOptions;

  constructor(options: StrictJsonOptions) {
    this.#options = options;
    this.#maxDepth = options.maxDepth ?? 64;
  }

  isPlain(value: unknown, depth: number): boolean {
    if (typeof value === "string") return value.isWellFormed();
    if (typeof value === "number") {
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    }
    if (typeof value !== "object" || value === null) return true;
    if (depth > this.#maxDepth) return false;
    if (Array.isArray(value)) return value.every((item, at) => this.#isPlainAt(at, item, depth));
    return this.#isPlainObject(value as Record<string, unknown>, depth);
  }

  #isPlainObject(value: Record<string, unknown>, depth: number): boolean {
    const keys = Object.keys(value);
    this.keys += keys.length;
    const free = this.#options.caseVariants === "allow" || this.#options.isMap?.([...this.#path]) === true;
    if (!free && keys.length > 1 && !differByMoreThanCase(keys)) return false;
    return keys.every((key) => {
      return key !== "__proto__" && key.isWellFormed() && this.#isPlainAt(key, value[key], depth);
    });
  }

  #isPlainAt(step: string | number, value: unknown, depth: number): boolean {
    this.#path.push(step);
    const plain = this.isPlain(value, depth + 1);
    this.#path.pop();
    return plain;
  }
}

/** Documents of a kind have the same few sets of keys. */
const seen = new Map<string, boolean>();
const maxSeen = 500;
const maxSeenChars = 500;

/** Says no to keys beyond ASCII too, whose letter case is for the full inspection. */
function differByMoreThanCase(keys: readonly string[]): boolean {
  const joined = keys.join("\0");
  const known = seen.get(joined);
  // A key that holds the separator looks like several; were it and another alike, so would be theirs.
  if (known !== undefined) return known;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (!/^[\x01-\x7f]*$/.test(keys.join(""))) return false;
  const differ = new Set(joined.toLowerCase().split("\0")).size === keys.length;
  if (joined.length <= maxSeenChars && seen.size < maxSeen) seen.set(joined, differ);
  return differ;
}

const [tab, lineFeed, carriageReturn, space, colon, backslash] = [0x09, 0x0a, 0x0d, 0x20, 0x3a, 0x5c];

/** @param text valid JSON. @returns NaN when a key is written with an escape. */
function countKeys(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open >= 0; ) {
    const close = closingQuote(text, open + 1);
    let next = close + 1;
    while (isSpace(text.charCodeAt(next))) next++;
    if (text.charCodeAt(next) === colon) {
      if (text.slice(open, close).includes("\\")) return Number.NaN;
      count++;
    }
    open = text.indexOf('"', next);
  }
  return count;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return at;
  }
}

function isSpace(code: number): boolean {
  return code === space || code === lineFeed || code === carriageReturn || code === tab;
}
