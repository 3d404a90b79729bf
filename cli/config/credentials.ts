import path from "node:path";
import { z } from "zod";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";
import { configDir } from "./place.ts";
import { readPrivateJson, writePrivateJson } from "./private-file.ts";

const Credentials = z.strictObject({
  schema: z.literal(1),
  /** Registry used when none is named. */
  current: z.string().nullable(),
  registries: z.record(z.string(), z.strictObject({ token: z.string().min(1), savedAt: z.string() })),
});
type Credentials = z.infer<typeof Credentials>;

const fileOf = (env: NodeJS.ProcessEnv) => path.join(configDir(env), "credentials.json");

async function load(env: NodeJS.ProcessEnv): Promise<Credentials> {
  const value = await readPrivateJson(fileOf(env));
  if (value === null) return { schema: 1, current: null, registries: {} };
  const parsed = Credentials.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure(EXIT.usage, "file-unreadable", safe`${fileOf(env)} is not a credentials file of this version.`);
}

/** Token for a registry: COUNTERSIGN_TOKEN first, for CI; then what `login` stored. Null when there is none. */
export async function findToken(env: NodeJS.ProcessEnv, registry: string): Promise<string | null> {
  if (env.COUNTERSIGN_TOKEN) return env.COUNTERSIGN_TOKEN.trim();
  return (await load(env)).registries[registry]?.token ?? null;
}

/** The registry of the last sign-in, or null. */
export async function findCurrentRegistry(env: NodeJS.ProcessEnv): Promise<string | null> {
  return (await load(env)).current;
}

/** Stores a token and makes its registry the one used when none is named. */
export async function saveToken(
  env: NodeJS.ProcessEnv,
  entry: { registry: string; token: string; now: Date },
): Promise<string> {
  const credentials = await load(env);
  const stored = { token: entry.token, savedAt: entry.now.toISOString() };
  const registries = { ...credentials.registries, [entry.registry]: stored };
  await writePrivateJson(fileOf(env), { ...credentials, current: entry.registry, registries });
  return fileOf(env);
}

/** Forgets a registry's token. @returns the token that was stored, or null. */
export async function removeToken(env: NodeJS.ProcessEnv, registry: string): Promise<string | null> {
  const credentials = await load(env);
  const { [registry]: removed, ...registries } = credentials.registries;
  if (!removed) return null;
  const current = credentials.current === registry ? (Object.keys(registries)[0] ?? null) : credentials.current;
  await writePrivateJson(fileOf(env), { schema: 1, current, registries });
  return removed.token;
}
