import type { Logger } from "pino";
import { describeLedger } from "#lib/boot/catalogue-state.ts";
import { Closers } from "#lib/boot/closers.ts";
import { type Handle, openDoors } from "#lib/boot/doors.ts";
import { openInstallation } from "#lib/boot/installation.ts";
import { createLog } from "#lib/boot/log.ts";
import { openMetricsPort } from "#lib/boot/metrics-port.ts";
import { createPageProcess } from "#lib/boot/page-process.ts";
import { Readiness } from "#lib/boot/readiness.ts";
import { partsOf } from "#lib/boot/roles.ts";
import type { StartEvents } from "#lib/boot/start-events.ts";
import { warnOfUnnamedProxy } from "#lib/boot/unnamed-proxy.ts";
import { startWorker } from "#lib/boot/worker.ts";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { describePool } from "#lib/db/pool.ts";
import type { ChildSupervisor } from "#lib/http/child-supervisor.ts";
import { createClientAddress } from "#lib/http/forwarded.ts";
import { createProxy } from "#lib/http/proxy.ts";
import { createLocalCheck } from "#lib/http/rate-origin.ts";
import { describeProcess, type Family, metrics } from "#lib/metrics/index.ts";
import type { DemoSigstore } from "#lib/trust/demo/index.ts";

/** A read plane as the start needs it. */
export type OpenReadPlane = {
  handle: Handle;
  /** Whether its catalogue is loaded and young enough to be served. */
  isReady: () => boolean;
  describe: () => Family[];
  close: () => Promise<void>;
};

/** What the capabilities add to a start, in the order of the start. */
export type Capabilities = {
  /** Keys, trust roots: everything that must exist before the first request. Only where the control plane runs. */
  prepare: (ctx: Ctx, config: Config) => Promise<{ sigstore: DemoSigstore | null; close: () => Promise<void> }>;
  openReadPlane: (ctx: Ctx, config: Config, log: Logger) => Promise<OpenReadPlane>;
  /** One round of background work, run each second: expiries, due policy changes. */
  background: (ctx: Ctx) => () => Promise<void>;
  /** What serves the pages, in place of Next. */
  pageModule?: URL;
};

export type Product = {
  /** Context of the start itself, for what follows it: the first administrator's link, the demo data. */
  ctx: Ctx;
  config: Config;
  pages: { pid: () => number | null };
  /** The demo's own trust services; null in any other instance. */
  sigstore: DemoSigstore | null;
  /** Ends everything in order: requests, worker, pages, read plane, database. */
  stop: () => Promise<void>;
};

const maxBodyBytes = 2 * 1024 * 1024;

/**
 * Starts a process of an instance in its role and answers when it is ready: port, database, installation, keys, read
 * plane, pages, worker, as far as the role has them. The port is taken first, so a second start fails before it touches
 * anything; until ready, requests get 503.
 * @throws StartError for whatever the operator can act on; everything opened until then is closed again.
 */
export async function startProduct(config: Config, capabilities: Capabilities, events: StartEvents): Promise<Product> {
  const closers = new Closers();
  try {
    return await open(config, capabilities, events, closers);
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

async function open(
  given: Config,
  capabilities: Capabilities,
  events: StartEvents,
  closers: Closers,
): Promise<Product> {
  const { control, read, work } = partsOf[given.role];
  const log = createLog(given.logLevel);
  const readiness = new Readiness();
  warnOfUnnamedProxy(given, events.warn);
  const doors = await openDoors(given, log, readiness, closers);
  let pages: ChildSupervisor | null = null;
  if (given.metrics) closers.add(await openMetrics(given.metrics, () => pages?.socket() ?? null));

  const { config, ctx } = await openInstallation(given, events, closers);
  const { sigstore, close } = control ? await capabilities.prepare(ctx, config) : nothingPrepared;
  closers.add(close);
  if (read) {
    const readPlane = await capabilities.openReadPlane(ctx, config, log);
    closers.add(readPlane.close);
    metrics().collect("catalogue", readPlane.describe);
    readiness.require("catalogue", readPlane.isReady);
    doors.read = readPlane.handle;
  }
  if (control) {
    pages = await openPages(config, capabilities, events, closers);
    readiness.require("pages", () => pages?.socket() != null);
    doors.pages = openProxy(config, pages, closers);
  }
  if (work) {
    const worker = startBackground(ctx, capabilities, events);
    closers.add(worker.stop);
    readiness.require("background work", worker.isHealthy);
  }
  if (control || work) metrics().collect("ledger", describeLedger);
  closers.add(doors.close);
  readiness.begin();
  return { ctx, config, pages: { pid: () => pages?.pid() ?? null }, sigstore, stop: () => closers.close() };
}

const nothingPrepared = { sigstore: null, close: async () => {} };

function openMetrics(at: NonNullable<Config["metrics"]>, pages: () => string | null): Promise<() => Promise<void>> {
  metrics().collect("process", describeProcess());
  metrics().collect("database", describePool);
  return openMetricsPort(at, metrics(), pages);
}

async function openPages(config: Config, capabilities: Capabilities, events: StartEvents, closers: Closers) {
  const pages = createPageProcess(config, events.warn, capabilities.pageModule);
  closers.add(() => pages.stop());
  await pages.start();
  return pages;
}

function openProxy(config: Config, pages: ChildSupervisor, closers: Closers): Handle {
  const { publicUrl, trustedProxies } = config;
  const proxy = createProxy({
    target: () => pages.socket(),
    clientAddress: createClientAddress(trustedProxies),
    isLocal: createLocalCheck(trustedProxies),
    publicUrl,
    maxBodyBytes,
  });
  closers.add(proxy.close);
  return proxy.handle;
}

function startBackground(ctx: Ctx, capabilities: Capabilities, events: StartEvents) {
  const help = "Rounds of background work, one each second.";
  const done = metrics().counter("countersign_background_rounds_total", help, { outcome: "done" });
  const failed = metrics().counter("countersign_background_rounds_total", help, { outcome: "failed" });
  const tick = capabilities.background({ ...ctx, actor: { kind: "system", name: "worker" }, requestId: "worker" });
  return startWorker({
    tick: async () => {
      await tick();
      done.value++;
    },
    everyMs: 1_000,
    onError: (error) => {
      failed.value++;
      events.warn(`Background work failed: ${error instanceof Error ? error.message : String(error)}`);
    },
  });
}
