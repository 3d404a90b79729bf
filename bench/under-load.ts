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
  publishes: { perSecond: number; accepted: number; refused: number[]; took: Quantiles };
  pages: { perSecond: number; rendered: number };
};

const getsPerSecond = 300;
const publishesPerSecond = 20;
const shownServers = 30;
const pagesPerSecond = 5;
/** One person may have two uploads verified at a time, and one network so many requests open. */
const publishers = 40;
const warmUpSeconds = 5;
const host = new URL(testRegistryId).host;

type Call = { method?: string; path: string; headers?: Record<string, string>; body?: Uint8Array };

/**
 * Gets at a steady rate from the product as `npm start` runs it: quiet, then while versions are published and pages are
 * rendered at steady rates.
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
  await renderPages(port, names, warmUpSeconds);
  const quiet = await gets();
  const uploads = await signUploads(registry, publishesPerSecond * seconds);
  const bearers = await Promise.all(Array.from({ length: publishers }, (_, at) => addPublisher(registry, at)));
  const [loaded, publishes, rendered] = await Promise.all([
    gets(),
    publishSteadily(port, uploads, bearers),
    renderPages(port, names, seconds),
  ]);
  return {
    getsPerSecond,
    quiet: toQuantiles(quiet.latenciesMs),
    loaded: toQuantiles(loaded.latenciesMs),
    failedGets: quiet.failed + loaded.failed,
    publishes: { perSecond: publishesPerSecond, ...publishes },
    pages: { perSecond: pagesPerSecond, rendered },
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
  const refused: number[] = [];
  const took: number[] = [];
  const running = uploads.map(async ({ manifestBytes, bundleBytes }, at) => {
    const publisher = at % bearers.length;
    const form = new FormData();
    form.set("manifest", new Blob([new Uint8Array(manifestBytes)]));
    form.set("bundle", new Blob([new Uint8Array(bundleBytes)]));
    const encoded = new Response(form);
    const type = encoded.headers.get("content-type") ?? "";
    const headers = { authorization: `Bearer ${bearers[publisher]}`, "content-type": type, ...comingFrom(publisher) };
    const body = new Uint8Array(await encoded.arrayBuffer());
    await sleep((at / publishesPerSecond) * 1000);
    const startedAt = performance.now();
    const status = await ask(port, { method: "POST", path: "/api/v1/publish", headers, body });
    if (status === 201) took.push(performance.now() - startedAt);
    else refused.push(status);
  });
  await Promise.all(running);
  return { accepted: took.length, refused, took: toQuantiles(took) };
}

async function renderPages(port: number, names: readonly string[], seconds: number): Promise<number> {
  const pages = Array.from({ length: seconds * pagesPerSecond }, async (_, at) => {
    await sleep((at / pagesPerSecond) * 1000);
    const path = at % 2 === 0 ? "/" : `/servers/${names[at % names.length]}`;
    const status = await ask(port, { path, headers: comingFrom(publishers) });
    if (status !== 200) throw new Error(`a page answered ${status}: ${path}`);
  });
  await Promise.all(pages);
  return pages.length;
}

/** As the proxy tells it: each publisher, and whoever looks at pages, is another machine. */
function comingFrom(network: number): Record<string, string> {
  return { "x-forwarded-for": `10.1.${network}.1` };
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
