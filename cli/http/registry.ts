import { z } from "zod";
import { parseStrictJson } from "#lib/core/strict-json.ts";
import { findCurrentRegistry, findToken } from "../config/credentials.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";
import { toRegistryAddress } from "./address.ts";
import { toFailure } from "./problem.ts";
import { type Answer, type Call, request } from "./request.ts";

const maxJsonBytes = 4 * 1024 * 1024;

export type RegistryOptions = { registry?: string | undefined };

/** One registry as a command uses it. Paths are relative to its address. */
export type Registry = {
  readonly address: string;
  /** An answer of our own API or the read plane, checked against a shape. @throws Failure for any refusal. */
  get<T>(path: string, shape: z.ZodType<T>): Promise<T>;
  send<T>(call: { method: "POST"; path: string; json?: unknown; form?: FormData }, shape: z.ZodType<T>): Promise<T>;
  remove(path: string): Promise<void>;
  /** Bytes as served. */
  bytes(path: string, maxBytes: number): Promise<Uint8Array>;
};

/** --registry, COUNTERSIGN_REGISTRY, or the registry of the last sign-in. @throws Failure when there is none. */
export async function chooseRegistry(env: NodeJS.ProcessEnv, options: RegistryOptions): Promise<string> {
  const named = options.registry ?? env.COUNTERSIGN_REGISTRY ?? (await findCurrentRegistry(env));
  if (named) return toRegistryAddress(named);
  throw new Failure(EXIT.usage, "no-registry", safe`Which registry? Name it with --registry or COUNTERSIGN_REGISTRY.`);
}

/** Opens a registry with the token stored for it, or with the one given (null: none at all). */
export async function openRegistry(
  env: NodeJS.ProcessEnv,
  options: RegistryOptions,
  givenToken?: string | null,
): Promise<Registry> {
  const address = await chooseRegistry(env, options);
  const token = givenToken === undefined ? await findToken(env, address) : givenToken;
  const call = async (path: string, rest: Omit<Call, "url" | "token">): Promise<Answer> => {
    const answer = await request({ ...rest, url: `${address}${path}`, token });
    if (answer.status < 200 || answer.status > 299) throw toFailure(answer);
    return answer;
  };
  return {
    address,
    get: async (path, shape) => readShape(await call(path, { maxBytes: maxJsonBytes }), shape),
    send: async ({ path, ...rest }, shape) => readShape(await call(path, { ...rest, maxBytes: maxJsonBytes }), shape),
    remove: async (path) => void (await call(path, { method: "DELETE", maxBytes: maxJsonBytes })),
    bytes: async (path, maxBytes) => (await call(path, { maxBytes })).bytes,
  };
}

/** Server name and optional version in a path of our API. Both are checked to be such before. */
export function versionPath(name: string, version?: string): string {
  const parts = [...name.split("/"), ...(version === undefined ? [] : [version])];
  return `/api/v1/versions/${parts.map(encodeURIComponent).join("/")}`;
}

function readShape<T>(answer: Answer, shape: z.ZodType<T>): T {
  try {
    const what = "answer";
    return shape.parse(parseStrictJson(answer.bytes, { what, maxBytes: maxJsonBytes, caseVariants: "allow" }));
  } catch (error) {
    const where = error instanceof z.ZodError ? (error.issues[0]?.path.join(".") ?? "") : "";
    const text = safe`The registry's answer is not what this version of the command expects (${where}).`;
    throw new Failure(EXIT.unavailable, "answer-unexpected", text, { cause: error });
  }
}
