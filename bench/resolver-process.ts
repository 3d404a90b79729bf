import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { ResolverInput } from "./resolver.ts";
import type { Usage } from "./usage.ts";

/** As `npm start` runs it: a small young generation, since a large catalogue is what memory is for. */
export const serverFlags = ["--expose-gc", "--max-semi-space-size=4"];
/** As `npm start` does from its second time on. */
const compiled = path.join(import.meta.dirname, "../node_modules/.cache/compiled");
export const serverEnv = { ...process.env, NODE_COMPILE_CACHE: compiled, MALLOC_ARENA_MAX: "2" };

/** Starts a resolver in a process of its own; its first message says that it is ready. */
export function startResolver(input: ResolverInput): ChildProcess {
  return fork(new URL("resolver.ts", import.meta.url), [JSON.stringify(input)], {
    execArgv: serverFlags,
    env: serverEnv,
  });
}

/** What a process that answers "usage" has used so far. */
export function readUsage(child: ChildProcess): Promise<Usage> {
  const heard = hear<Usage>(child);
  child.send("usage");
  return heard;
}

/** The next message of a process. @throws when it ends instead. */
export async function hear<T>(child: ChildProcess): Promise<T> {
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(child, "exit", { signal }).then(([code]) => Promise.reject(new Error(`a process ended: ${code}`)));
  const [message] = await Promise.race([once(child, "message", { signal }), ended]);
  ended.catch(() => {});
  heard.abort();
  return message as T;
}
