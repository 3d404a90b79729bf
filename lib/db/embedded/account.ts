import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Who runs Postgres, which refuses to run as root: ourselves; as root another real account; and only where root may
 * not change accounts, a user namespace in which we merely look like somebody else (no protection: warn about it).
 */
export type Account = { kind: "self" } | { kind: "other"; name: string; uid: number; gid: number } | { kind: "mapped" };

const preferred = ["countersign", "postgres", "nobody"];

/** Chooses the account for this process. `passwd` is the text of the account file. */
export function chooseAccount(uid = process.getuid?.(), passwd = readAccounts()): Account {
  if (uid !== 0) return { kind: "self" };
  for (const name of preferred) {
    const fields = passwd.split("\n").find((line) => line.startsWith(`${name}:`));
    const [, , id, group] = fields?.split(":") ?? [];
    if (Number(id) > 0 && Number(group) > 0 && canSwitch(Number(id), Number(group))) {
      return { kind: "other", name, uid: Number(id), gid: Number(group) };
    }
  }
  return { kind: "mapped" };
}

function readAccounts(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}

function canSwitch(uid: number, gid: number): boolean {
  return spawnSync("/bin/sh", ["-c", ":"], { uid, gid, cwd: "/" }).status === 0;
}

/** The command line and spawn options that run `file` as `account`. */
export function asAccount(account: Account, file: string, args: string[]) {
  if (account.kind === "mapped") {
    return { file: "unshare", args: ["--user", "--map-user=65534", "--map-group=65534", file, ...args], options: {} };
  }
  const options = account.kind === "other" ? { uid: account.uid, gid: account.gid } : {};
  return { file, args, options };
}

/** Whether `account` may walk down to `folder` by the permission bits alone. Access lists are not looked at. */
export function canReach(account: Account, folder: string): boolean {
  if (account.kind !== "other") return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
