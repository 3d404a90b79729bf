import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { publicGoodSigning, SigningConfiguration } from "#lib/signing/keyless/index.ts";

const fileIn = (instanceDir: string): string => path.join(instanceDir, "signing-config.json");

/** Makes this instance offer services of its own to sign with. Clients pin what they were offered first. */
export function writeSigningConfig(instanceDir: string, config: SigningConfiguration): void {
  writeFileSync(fileIn(instanceDir), `${JSON.stringify(config, null, 2)}\n`);
}

/**
 * Where this registry's publishers sign without a key of their own: the instance's services, else the public-good ones.
 * @throws ZodError or SyntaxError when the file is there and wrong: never silently the public-good services then.
 */
export function readSigningConfig(instanceDir: string): SigningConfiguration {
  const text = readIfThere(fileIn(instanceDir));
  return text === null ? publicGoodSigning : SigningConfiguration.parse(JSON.parse(text));
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
