import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { decodeTail, encodeTail, head, readTailLength, tailEndBytes } from "#lib/backup/file-layout.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { loadRegistryKey } from "#lib/registry-key/index.ts";
import { type BackupPredicate, type KeySet, signBackup, verifyBackup } from "#lib/signing/index.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";

/** A table of a backup: the line before its rows, and its rows. */
export type Part = { header: string; rows: string[] };

export type Crafted = {
  predicate: BackupPredicate;
  parts: Part[];
  /** The part of this table. */
  part: (table: string) => Part;
  /** What is said of this table. */
  said: (table: string) => BackupPredicate["tables"][number];
};

type Craft = { from: string; to: string; keySet: KeySet; keyDir: string };

/**
 * Rewrites a backup as somebody could who has the registry key.
 * @param options.honest whether what is said of each table is made true again after `change`.
 */
export async function craftBackup(
  { from, to, keySet, keyDir }: Craft,
  change: (crafted: Crafted) => void,
  { honest = true } = {},
): Promise<void> {
  const crafted = readCrafted(readFileSync(from), keySet);
  change(crafted);
  const { predicate, parts } = crafted;
  if (honest) for (const [at, said] of predicate.tables.entries()) Object.assign(said, describe(parts[at]));
  const body = zstdCompressSync(
    parts.flatMap(({ header, rows }) => [header, ...rows].map((line) => `${line}\n`)).join(""),
  );
  const { privateKeyPem } = await loadRegistryKey(keyDir, testRegistryId);
  const statement = signBackup({ predicate, bodySha256: sha256Hex(body), privateKeyPem });
  writeFileSync(to, Buffer.concat([head, body, encodeTail(statement)]));
}

function readCrafted(bytes: Buffer, keySet: KeySet): Crafted {
  const tailLength = readTailLength(bytes.subarray(-tailEndBytes)) ?? 0;
  const verdict = verifyBackup({
    bundleBytes: decodeTail(bytes.subarray(-tailLength)) ?? Buffer.alloc(0),
    keySet,
    registryId: testRegistryId,
  });
  if (!verdict.ok) throw new Error(verdict.code);
  const lines = zstdDecompressSync(bytes.subarray(head.length, -tailLength)).toString().split("\n").slice(0, -1);
  const { predicate } = verdict;
  const parts = predicate.tables.map(({ rows }) => ({ header: lines.shift() ?? "", rows: lines.splice(0, rows) }));
  const at = (table: string) => predicate.tables.findIndex(({ name }) => name === table);
  const found = <T>(value: T | undefined) => {
    if (value === undefined) throw new Error("no such table");
    return value;
  };
  return {
    predicate,
    parts,
    part: (table) => found(parts[at(table)]),
    said: (table) => found(predicate.tables[at(table)]),
  };
}

function describe(part: Part | undefined) {
  const hash = createHash("sha256");
  for (const line of [part?.header, ...(part?.rows ?? [])]) hash.update(`${line}\n`);
  return { rows: part?.rows.length ?? 0, sha256: hash.digest("hex") };
}
