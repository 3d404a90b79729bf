import { readFileSync, statSync } from "node:fs";
import path from "node:path";

export type BuildInfo = { version: string; gitCommit: string; buildTime: string };

/**
 * What is running: version of the package, commit that a container's build recorded or that of the clone ("unknown"
 * without either), time of the pages' build.
 */
export function readBuildInfo(root: string, distDir = ".next"): BuildInfo {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  const built = statSync(path.join(root, distDir, "BUILD_ID"), { throwIfNoEntry: false });
  return {
    version,
    gitCommit: readText(path.join(root, "build-commit")) ?? findCommit(path.join(root, ".git")),
    buildTime: (built?.mtime ?? new Date(0)).toISOString(),
  };
}

function findCommit(gitDir: string): string {
  const head = readText(path.join(gitDir, "HEAD"));
  const ref = head?.match(/^ref: (\S+)$/)?.[1];
  if (!ref) return head ?? "unknown";
  const loose = readText(path.join(gitDir, ref));
  const packed = readText(path.join(gitDir, "packed-refs"))?.match(new RegExp(`^([0-9a-f]{40}) ${ref}$`, "m"));
  return loose ?? packed?.[1] ?? "unknown";
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}
