type Line = { indent: number; text: string };
type Reading = { lines: Line[]; at: number; anchors: Map<string, unknown> };

/**
 * Reads the part of YAML 1.2 that our compose file is written in: nested mappings, sequences, flow collections, plain
 * and double-quoted scalars (all as strings), comments, anchors, aliases and merge keys. Numbers and booleans stay text,
 * so that what compose would guess is seen as written.
 * @throws Error at the first line it does not understand: nothing is skipped.
 */
export function readYaml(text: string): unknown {
  const lines = text
    .split("\n")
    .map((line) => ({ indent: line.search(/\S/), text: stripComment(line).trim() }))
    .filter((line) => line.text !== "");
  const reading = { lines, at: 0, anchors: new Map() };
  const value = readBlock(reading, 0);
  if (reading.at < lines.length) throw new Error(`not understood: ${lines[reading.at]?.text}`);
  return value;
}

function stripComment(line: string): string {
  return /^\s*#/.test(line) ? "" : line.replace(/\s#\s.*$/, "");
}

function readBlock(reading: Reading, indent: number): unknown {
  const first = reading.lines[reading.at];
  if (first?.text.startsWith("- ")) return readSequence(reading, first.indent);
  return first && first.indent >= indent ? readMapping(reading, first.indent) : "";
}

function readSequence(reading: Reading, indent: number): unknown[] {
  const items: unknown[] = [];
  for (let line = reading.lines[reading.at]; line?.indent === indent && line.text.startsWith("- "); ) {
    items.push(readFlow(reading, line.text.slice(2)));
    line = reading.lines[++reading.at];
  }
  return items;
}

function readMapping(reading: Reading, indent: number): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  for (let line = reading.lines[reading.at]; line?.indent === indent; line = reading.lines[reading.at]) {
    const match = /^([\w.<-]+):(?:\s+(.*))?$/.exec(line.text);
    if (!match?.[1]) throw new Error(`not a key: ${line.text}`);
    if (match[1] in own) throw new Error(`twice: ${match[1]}`);
    reading.at++;
    const value = readValue(reading, match[2] ?? "", indent);
    if (match[1] === "<<") Object.assign(merged, value);
    else own[match[1]] = value;
  }
  return { ...merged, ...own };
}

function readValue(reading: Reading, given: string, indent: number): unknown {
  const anchor = /^&(\w+)\s*/.exec(given);
  const text = anchor ? given.slice(anchor[0].length) : given;
  const value = text === "" ? readBlock(reading, indent + 1) : readFlow(reading, text);
  if (anchor?.[1]) reading.anchors.set(anchor[1], value);
  return value;
}

function readFlow(reading: Reading, text: string): unknown {
  const alias = /^\*(\w+)$/.exec(text)?.[1];
  if (alias !== undefined) {
    if (!reading.anchors.has(alias)) throw new Error(`no such anchor: ${alias}`);
    return reading.anchors.get(alias);
  }
  const [value, rest] = readFlowValue(text);
  if (rest.trim() !== "") throw new Error(`not understood: ${text}`);
  return value;
}

function readFlowValue(text: string, inside = false): [unknown, string] {
  if (text.startsWith("[")) return readFlowItems(text.slice(1), "]");
  if (text.startsWith("{")) {
    const [entries, rest] = readFlowItems(text.slice(1), "}");
    return [Object.fromEntries(entries as [string, unknown][]), rest];
  }
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  if (quoted) return [JSON.parse(quoted), text.slice(quoted.length)];
  const plain = (inside ? /^[^,[\]{}]+/ : /^[^[\]{}"'&*!|>%@`].*/).exec(text)?.[0];
  if (plain === undefined) throw new Error(`not understood: ${text}`);
  return [plain.trim(), text.slice(plain.length)];
}

/** Items up to the closing bracket; those of a mapping as pairs. */
function readFlowItems(given: string, close: "]" | "}"): [unknown[], string] {
  const items: unknown[] = [];
  let text = given.trimStart();
  while (!text.startsWith(close)) {
    const key = close === "}" ? /^([\w.-]+):\s+/.exec(text) : null;
    if (close === "}" && !key) throw new Error(`not a key: ${text}`);
    const [value, rest] = readFlowValue(text.slice(key?.[0].length ?? 0), true);
    items.push(key ? [key[1], value] : value);
    text = rest.trimStart().replace(/^,\s*/, "");
  }
  return [items, text.slice(1)];
}
