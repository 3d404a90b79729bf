import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { type DemoKey, openKey, sha256, signSha256 } from "#lib/trust/demo/key-file.ts";
import { hashLeaf, inclusionPath, rootHash } from "#lib/trust/demo/merkle-tree.ts";

/** Name of the log in checkpoints and in the trust root: a name, not an address. */
export const demoLogName = "demo-log.countersign.invalid";

export type LoggedEntry = {
  body: Buffer;
  index: number;
  treeSize: number;
  rootHash: Buffer;
  hashes: Buffer[];
  /** Signed note over size and root. */
  checkpoint: string;
};

export type TransparencyLog = {
  key: DemoKey;
  logId: Buffer;
  append: (entry: object) => LoggedEntry;
};

/** An append-only log in one file, one base64 body per line. */
export function openTransparencyLog(dir: string): TransparencyLog {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const key = openKey(dir, "transparency-log");
  const logId = sha256(key.spki);
  const file = path.join(dir, "transparency-log.txt");
  const leaves = readBodies(file).map(hashLeaf);
  const append = (entry: object): LoggedEntry => {
    const body = canonicalBytes(entry);
    appendFileSync(file, `${body.toString("base64")}\n`, { mode: 0o600 });
    leaves.push(hashLeaf(body));
    const index = leaves.length - 1;
    const root = rootHash(leaves);
    return {
      body,
      index,
      treeSize: leaves.length,
      rootHash: root,
      hashes: inclusionPath(index, leaves),
      checkpoint: signCheckpoint(key, logId, leaves.length, root),
    };
  };
  return { key, logId, append };
}

function readBodies(file: string): Buffer[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => Buffer.from(line, "base64"));
}

/** https://github.com/transparency-dev/formats/blob/main/log/README.md */
function signCheckpoint(key: DemoKey, logId: Buffer, size: number, root: Buffer): string {
  const note = `${demoLogName}\n${size}\n${root.toString("base64")}\n`;
  const signature = Buffer.concat([logId.subarray(0, 4), signSha256(key, Buffer.from(note))]);
  return `${note}\n\u2014 ${demoLogName} ${signature.toString("base64")}\n`;
}
