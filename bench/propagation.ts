import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Quantiles, toQuantiles } from "./quantiles.ts";
import type { ResolverReady } from "./resolver.ts";
import { hear, startResolver } from "./resolver-process.ts";
import { endProcess, openSeededRegistry, type Published, type SeededRegistry } from "./seeded-registry.ts";

/** From the verb's answer, which comes when its transaction is committed, until every resolver shows the change. */
export type PropagationResult = { resolvers: number; approved: Quantiles; revoked: Quantiles };

const resolverCount = 2;
const lostMs = 10_000;

/**
 * Approves and revokes versions one after the other, each by its verb, and asks resolvers in processes of their own,
 * over one Postgres, until all show it. Asked every millisecond, so that much is the error.
 */
export async function measurePropagation(changes: number, say: (text: string) => void): Promise<PropagationResult> {
  const now = Date.now();
  const registry = await openSeededRegistry(now);
  const { appUrl: database } = registry.database;
  const input = { from: { database }, keySetFile: registry.keySetFile, now };
  const resolvers = Array.from({ length: resolverCount }, () => startResolver(input));
  try {
    const ready = await Promise.all(resolvers.map((resolver) => hear<ResolverReady>(resolver)));
    const readers = ready.map(({ port }) => new Reader(port));
    say(`propagation: ${changes} changes to ${resolverCount} resolvers …`);
    const [approved, revoked]: [number[], number[]] = [[], []];
    for (let at = 0; at < changes / 2; at++) {
      const published = await registry.publish(`com.acme/server-${at}`);
      approved.push(await measureChange(registry, "approve", published, readers));
      revoked.push(await measureChange(registry, "revoke", published, readers));
    }
    return { resolvers: resolverCount, approved: toQuantiles(approved), revoked: toQuantiles(revoked) };
  } finally {
    await Promise.all(resolvers.map(endProcess));
    await registry.close();
  }
}

async function measureChange(
  registry: SeededRegistry,
  verb: "approve" | "revoke",
  published: Published,
  readers: readonly Reader[],
): Promise<number> {
  const target = `/v0.1/servers/${encodeURIComponent(published.name)}/versions/${published.version}`;
  await registry[verb](published);
  const committedAt = performance.now();
  const shown = verb === "approve" ? 200 : 404;
  await Promise.all(readers.map((reader) => reader.until(target, shown, committedAt + lostMs)));
  return performance.now() - committedAt;
}

/** One keep-alive connection to a resolver. */
class Reader {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async until(path: string, status: number, deadline: number): Promise<void> {
    while ((await this.#ask(path)) !== status) {
      if (performance.now() > deadline) throw new Error(`a change did not arrive within ${lostMs} ms`);
      await sleep(1);
    }
  }

  #ask(path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port: this.#port, path, agent: this.#agent }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      });
      asked.on("error", reject).end();
    });
  }
}
