import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export type SourceFile = {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
  imports: { from: string; typeOnly: boolean }[];
};

const root = path.resolve(import.meta.dirname, "../..");
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;"']*?(?:from\s*)?["']([^"'\n]+)["']|import\(\s*["']([^"'\n]+)["']/g;

/** Every TypeScript source below the given folders, without the generated database client. */
export function readSources(...folders: string[]): SourceFile[] {
  return folders.flatMap(listFiles).map(readSource);
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !file.startsWith("lib/db/generated/"))
    .sort();
}

function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(root, file), "utf8");
  const imports = [...text.matchAll(importPattern)].map(([, type, stated, dynamic]) => ({
    from: stated ?? dynamic ?? "",
    typeOnly: type !== undefined,
  }));
  return { path: file, text, imports };
}
