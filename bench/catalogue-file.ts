import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { ServerRecord } from "#lib/resolver/source.ts";
import { makeVersion, now, type TestRegistry } from "#lib/resolver/testing/registry.ts";
import { createRandom, normal } from "./random.ts";

const words =
  "weather search files database issues calendar mail browser payments metrics logs tickets notes images translate maps " +
  "deploy monitor queue secrets";

const ownerName = (number: number) => `io.github.owner-${String(number).padStart(6, "0")}`;

/** Namespaces of one owner in a thousand, three servers each. */
export const sparseOwners = Array.from({ length: 15 }, (_, at) => ownerName(at * 1000));

/**
 * Writes a catalogue of truly signed versions to a file, shaped like the official registry of December 2025: manifests
 * of a median 578 bytes (95th percentile about 2,100), a median of one version per server (95th percentile 7).
 * @param onProgress called with the number of versions written so far.
 */
export function writeCatalogue(
  file: string,
  registry: TestRegistry,
  versions: number,
  onProgress: (written: number) => void,
): void {
  const random = createRandom(versions);
  const out = openSync(file, "w");
  let written = 0;
  for (let server = 0; written < versions; server++) {
    const name = `${ownerName(Math.floor(server / 3))}/server-${server}`;
    const count = Math.min(versions - written, Math.max(1, Math.round(Math.exp(0.2 + 1.15 * normal(random)))), 72);
    const records = Array.from({ length: count }, (_, at) => makeRecord(registry, name, `1.${at}.0`, random));
    writeRecord(out, { name, versions: records });
    written += count;
    onProgress(written);
  }
  closeSync(out);
}

function makeRecord(registry: TestRegistry, name: string, version: string, random: () => number) {
  const pick = () => words.split(" ")[Math.floor(random() * 20)] ?? "";
  const bytes = Math.min(61_000, Math.exp(Math.log(578) + 0.78 * normal(random)));
  const rare = random() < 0.0005 ? " zeppelin" : "";
  const description = `Answers questions about ${pick()} and ${pick()}${rare}`;
  const remote = {
    type: "streamable-http",
    url: `https://${pick()}.example.com/${"x".repeat(Math.max(1, bytes - 250))}`,
  };
  const extra = { remotes: [remote] } as unknown as { title: string };
  return makeVersion(registry, { name, version, description, ...extra });
}

function writeRecord(out: number, record: ServerRecord): void {
  const bytes = serialize(record);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  writeSync(out, length);
  writeSync(out, bytes);
}

/** Reads the file again, one server at a time. */
export function* readCatalogue(file: string): Generator<ServerRecord> {
  const input = openSync(file, "r");
  const length = Buffer.alloc(4);
  while (readSync(input, length) === 4) {
    const bytes = Buffer.alloc(length.readUInt32LE());
    readSync(input, bytes);
    yield deserialize(bytes) as ServerRecord;
  }
  closeSync(input);
}

/** The ledger's time of the catalogue. */
export const catalogueTime = now;
