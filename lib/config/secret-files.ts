import { readFileSync } from "node:fs";
import { ConfigError } from "#lib/config/parse.ts";
import type { settings } from "#lib/config/settings.ts";

type Environment = Record<string, string | undefined>;

/** Settings whose value may lie in a file, named by `<NAME>_FILE`: those that hold a password. */
export const fileSettings = ["DATABASE_URL", "DATABASE_OWNER_URL"] as const satisfies (keyof typeof settings)[];

const maxSecretBytes = 16 * 1024;

/**
 * The environment with every `<NAME>_FILE` replaced by `<NAME>` and the content of that file, without surrounding
 * white space: environment variables are easily seen by others, files need not be.
 * @throws ConfigError when a file cannot be read or holds more than 16 KiB, or both forms are given.
 */
export function readSecretFiles(env: Environment): Environment {
  const problems: string[] = [];
  const read: Environment = {};
  for (const name of fileSettings) {
    const file = env[`${name}_FILE`]?.trim();
    if (!file) continue;
    const content = readSecret(file);
    if (env[name]?.trim()) problems.push(`${name} must not be set together with ${name}_FILE.`);
    else if (content) read[name] = content;
    else problems.push(`${name}_FILE must name a readable file with the value (it is ${JSON.stringify(file)}).`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...env, ...read };
}

/** Null for what cannot be read or is larger than any secret. */
function readSecret(file: string): string | null {
  try {
    const content = readFileSync(file);
    return content.length > maxSecretBytes ? null : content.toString("utf8").trim();
  } catch {
    return null;
  }
}
