import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { openApiSession } from "#lib/testing/api-call.ts";
import { insertPerson, testRegistryId } from "#lib/testing/lifecycle.ts";
import type { OpenLoopInput, OpenLoopResult } from "./open-loop.ts";
import { startProduct } from "./product.ts";
import { type Quantiles, toQuantiles } from "./quantiles.ts";
import { hear } from "./resolver-process.ts";
import { openSeededRegistry, type SeededRegistry } from "./seeded-registry.ts";

export type UnderLoadResult = {
  getsPerSecond: number;
  quiet: Quantiles;
  loaded: Quantiles;
  failedGets: number;
  /** What the control plane did meanwhile. */
  publishes: { perSecond: number; accepted: number; refused: number[] };
  pagesRendered: number;
};

const getsPerSecond = 300;
const publishesPerSecond = 20;
const shownServers = 30;
/** One person may have two uploads verified at a time. */
const publishers = 10;
const host = new URL(testRegistryId).host;

type Call = { method?: string; path: string; headers?: Record<string, string>; body?: Uint8Array };

/**
 * Gets at a steady rate from the product as `npm start` runs it: quiet, then while versions are published and pages are
 * rendered, one after the other without a pause.
 */
export async function measureUnderLoad(seconds: number, say: (text: string) => void): Promise<UnderLoadResult> {
  const registry = await openSeededRegistry(Date.now());
  try {
    const names = Array.from({ length: shownServers }, (_, at) => `com.acme/shown-${at}`);
    for (const name of names) await registry.approve(await registry.publish(name));
    const product = await startProduct(registry, testRegistryId);
    try {
      say(`under load: ${getsPerSecond} gets/s, ${seconds} s quiet, ${seconds} s with publishes and pages …`);
      return await measure(product.port, registry, names, seconds);
    } finally {
      await product.stop();
    }
  } finally {
    await registry.close();
  }
}

async function measure(port: number, registry: SeededRegistry, names: string[], seconds: number) {
  const paths = names.map((name) => `/v0.1/servers/${encodeURIComponent(name)}/versions/latest`);
  const gets = () => askSteadily({ port, host, paths, perSecond: getsPerSecond, seconds });
  await renderPages(port, names, performance.now() + 5000);
  const quiet = await gets();
  const uploads = await signUploads(registry, publishesPerSecond * seconds);
  const bearers = await Promise.all(Array.from({ length: publishers }, (_, at) => addPublisher(registry, at)));
  const endAt = performance.now() + seconds * 1000;
  const [loaded, publishes, pagesRendered] = await Promise.all([
    gets(),
    publishSteadily(port, uploads, bearers),
    renderPages(port, names, endAt),
  ]);
  return {
    getsPerSecond,
    quiet: toQuantiles(quiet.latenciesMs),
    loaded: toQuantiles(loaded.latenciesMs),
    failedGets: quiet.failed + loaded.failed,
    publishes: { perSecond: publishesPerSecond, ...publishes },
    pagesRendered,
  };
}

async function askSteadily(input: OpenLoopInput): Promise<OpenLoopResult> {
  return hear<OpenLoopResult>(fork(new URL("open-loop.ts", import.meta.url), [JSON.stringify(input)]));
}

type Upload = Awaited<ReturnType<SeededRegistry["upload"]>>;

async function signUploads(registry: SeededRegistry, count: number): Promise<Upload[]> {
  const uploads: Upload[] = [];
  for (let at = 0; at < count; at++) uploads.push(await registry.upload(`com.acme/new-${at}`, "1.0.0"));
  return uploads;
}

/** @returns bearer of an API session of theirs. */
async function addPublisher(registry: SeededRegistry, at: number): Promise<string> {
  const grants = [{ role: "publisher" as const, namespace: registry.namespace.name }];
  return openApiSession(await insertPerson(`Publisher ${at}`, grants, registry.clock));
}

async function publishSteadily(port: number, uploads: readonly Upload[], bearers: readonly string[]) {
  const counts = { accepted: 0, refused: [] as number[] };
  const running = uploads.map(async ({ manifestBytes, bundleBytes }, at) => {
    await sleep((at / publishesPerSecond) * 1000);
    const form = new FormData();
    form.set("manifest", new Blob([new Uint8Array(manifestBytes)]));
    form.set("bundle", new Blob([new Uint8Array(bundleBytes)]));
    const encoded = new Response(form);
    const type = encoded.headers.get("content-type") ?? "";
    const headers = { authorization: `Bearer ${bearers[at % bearers.length]}`, "content-type": type };
    const body = new Uint8Array(await encoded.arrayBuffer());
    const status = await ask(port, { method: "POST", path: "/api/v1/publish", headers, body });
    if (status === 201) counts.accepted++;
    else counts.refused.push(status);
  });
  await Promise.all(running);
  return counts;
}

async function renderPages(port: number, names: readonly string[], endAt: number): Promise<number> {
  let rendered = 0;
  while (performance.now() < endAt) {
    const path = rendered % 2 === 0 ? "/" : `/servers/${names[rendered % names.length]}`;
    const status = await ask(port, { path });
    if (status === 200) rendered++;
    // One address may have so many requests at the pages at a time, and the publishers are at the same.
    else if (status === 429) await sleep(100);
    else throw new Error(`a page answered ${status}: ${path}`);
  }
  return rendered;
}

const agent = new Agent({ keepAlive: true });

function ask(port: number, { method = "GET", path, headers, body }: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const given = { ...headers, host, ...(body ? { "content-length": body.length } : {}) };
    const asked = request({ host: "127.0.0.1", port, method, path, headers: given, agent }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    asked.on("error", reject).end(body);
  });
}
