import path from "node:path";
import { z } from "zod";
import { KeySet } from "#lib/signing/key-set.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";
import { configDir } from "./place.ts";
import { readPrivateJson, writePrivateJson } from "./private-file.ts";

const Pinned = z.strictObject({
  pinnedAt: z.string(),
  /** Registry keys as first seen, and since then only as vouched for by keys before. */
  keySet: KeySet.nullable(),
  /** Where identity tokens may be sent; the exact answer as it was first seen. */
  signingConfig: z.unknown().nullable(),
});
export type Pinned = z.infer<typeof Pinned>;

const Pins = z.strictObject({ schema: z.literal(1), registries: z.record(z.string(), Pinned) });
type Pins = z.infer<typeof Pins>;

export const pinsFile = (env: NodeJS.ProcessEnv) => path.join(configDir(env), "registries.json");

/** What is pinned about a registry, by its address, or null. */
export async function findPinned(env: NodeJS.ProcessEnv, registry: string): Promise<Pinned | null> {
  return (await load(env)).registries[registry] ?? null;
}

/** Pins a part of what is known about a registry; the other part stays. */
export async function savePinned(
  env: NodeJS.ProcessEnv,
  registry: string,
  change: Partial<Pick<Pinned, "keySet" | "signingConfig">>,
  now: Date,
): Promise<void> {
  const pins = await load(env);
  const before = pins.registries[registry] ?? { pinnedAt: now.toISOString(), keySet: null, signingConfig: null };
  const registries = { ...pins.registries, [registry]: { ...before, ...change } };
  await writePrivateJson(pinsFile(env), { schema: 1, registries });
}

/** Forgets everything pinned about a registry. @returns whether anything was. */
export async function removePinned(env: NodeJS.ProcessEnv, registry: string): Promise<boolean> {
  const { [registry]: removed, ...registries } = (await load(env)).registries;
  if (removed) await writePrivateJson(pinsFile(env), { schema: 1, registries });
  return removed !== undefined;
}

async function load(env: NodeJS.ProcessEnv): Promise<Pins> {
  const value = await readPrivateJson(pinsFile(env));
  if (value === null) return { schema: 1, registries: {} };
  const parsed = Pins.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure(
    EXIT.usage,
    "file-unreadable",
    safe`${pinsFile(env)} is not a file of this version of the command.`,
  );
}
