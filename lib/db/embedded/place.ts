import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Account, canReach } from "#lib/db/embedded/account.ts";
import { copyBinaries, findBinaries } from "#lib/db/embedded/binaries.ts";

/** Where one embedded database lives. All paths absolute. */
export type Place = { base: string; data: string; log: string; secrets: string; bin: string };

/** Used as root when the instance folder lies where the database account cannot go, such as a private home folder. */
const systemFolder = "/var/lib/countersign";

/** Longest socket path the kernel takes, less the name Postgres adds. */
const maxSocketFolder = 107 - "/.s.PGSQL.5432".length;

/** Finds or makes the folders of the embedded database that belongs to the instance folder `dir`. */
export function findPlace(dir: string, account: Account): Place {
  mkdirSync(dir, { recursive: true, mode: account.kind === "other" ? 0o711 : 0o700 });
  const base = findBase(dir, account);
  makePrivate(base, account);
  const secrets = path.join(dir, "secrets", "postgres.json");
  return { base, data: path.join(base, "data"), log: path.join(base, "log"), secrets, bin: findBin(account) };
}

function findBase(dir: string, account: Account): string {
  const pointer = path.join(dir, "postgres-folder");
  if (existsSync(pointer)) return readFileSync(pointer, "utf8").trim();
  const near = path.join(dir, "postgres");
  if (existsSync(near) || canReach(account, dir)) return near;
  mkdirSync(systemFolder, { recursive: true, mode: 0o711 });
  const far = path.join(systemFolder, randomBytes(8).toString("hex"));
  writeFileSync(pointer, `${far}\n`);
  return far;
}

function findBin(account: Account): string {
  const native = findBinaries();
  if (canReach(account, path.join(native, "bin"))) return path.join(native, "bin");
  const { version } = JSON.parse(readFileSync(path.join(native, "../package.json"), "utf8")) as { version: string };
  mkdirSync(systemFolder, { recursive: true, mode: 0o711 });
  return path.join(copyBinaries(native, path.join(systemFolder, `programs-${version}`)), "bin");
}

/** A folder only the database account (and root) can enter. */
function makePrivate(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account.kind === "other") chownSync(folder, account.uid, account.gid);
}

/** A private folder for the socket: beside the data, or in the temporary folder when that path is too long. */
export function makeSocketFolder(place: Place, account: Account): string {
  const near = path.join(place.base, "run");
  const folder = near.length <= maxSocketFolder ? near : mkdtempSync(path.join(tmpdir(), "countersign-"));
  if (folder.length > maxSocketFolder)
    throw new Error(`The temporary folder's path is too long for a socket: ${folder}`);
  makePrivate(folder, account);
  return folder;
}
