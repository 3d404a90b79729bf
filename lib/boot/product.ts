import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Closers } from "#lib/boot/closers.ts";
import { openDatabase } from "#lib/boot/database.ts";
import { checkInstallation } from "#lib/boot/install.ts";
import { closeServer, listen } from "#lib/boot/listen.ts";
import { createPageProcess } from "#lib/boot/page-process.ts";
import { ensureSessionSecret } from "#lib/boot/session-secret.ts";
import { startWorker } from "#lib/boot/worker.ts";
import { type Config, toEnvironment } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { closeDb } from "#lib/db/client.ts";
import { createClientAddress } from "#lib/http/forwarded.ts";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createHostCheck } from "#lib/http/hosts.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";
import { createProxy } from "#lib/http/proxy.ts";
import type { DemoSigstore } from "#lib/trust/demo/index.ts";

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What the capabilities add to a start, in the order of the start. */
export type Capabilities = {
  /** Keys, trust roots: everything that must exist before the first request. */
  prepare: (ctx: Ctx, config: Config) => Promise<{ sigstore: DemoSigstore | null; close: () => Promise<void> }>;
  openReadPlane: (ctx: Ctx, config: Config) => Promise<{ handle: Handle; close: () => Promise<void> }>;
  /** One round of background work, run each second: expiries, due policy changes. */
  background: (ctx: Ctx) => () => Promise<void>;
  /** What serves the pages, in place of Next. */
  pageModule?: URL;
};

export type StartEvents = {
  say: (message: string) => void;
  warn: (message: string) => void;
  /** The product cannot go on: its database is gone. */
  lost: (error: Error) => void;
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
const graceMs = 3_000;

/**
 * Starts an instance and answers when it is ready: port, database, installation, keys, read plane, pages, worker. The
 * port is taken first, so a second start fails before it touches anything; until ready, requests get 503.
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
  const doors = await openPort(given, closers);
  const { config, ctx } = await openInstance(given, events, closers);
  const { sigstore, close } = await capabilities.prepare(ctx, config);
  closers.add(close);

  const readPlane = await capabilities.openReadPlane(ctx, config);
  closers.add(readPlane.close);
  doors.read = readPlane.handle;

  const pages = createPageProcess(config, events.warn, capabilities.pageModule);
  closers.add(() => pages.stop());
  await pages.start();
  const clientAddress = createClientAddress(config.trustedProxies);
  const proxy = createProxy({ target: () => pages.socket(), clientAddress, publicUrl: config.publicUrl, maxBodyBytes });
  closers.add(proxy.close);
  doors.pages = proxy.handle;

  const worker = startWorker({
    tick: capabilities.background({ ...ctx, actor: { kind: "system", name: "worker" }, requestId: "worker" }),
    everyMs: 1_000,
    onError: (error) =>
      events.warn(`Background work failed: ${error instanceof Error ? error.message : String(error)}`),
  });
  closers.add(worker.stop);
  closers.add(doors.close);
  return { ctx, config, pages: { pid: () => pages.pid() }, sigstore, stop: () => closers.close() };
}

/** The front door, whose two sides answer 503 until they are opened. */
async function openPort(config: Config, closers: Closers) {
  const starting: Handle = (_request, response) =>
    sendProblem(response, config.publicUrl, "unavailable", "The registry is starting. Try again in a moment.");
  const sides = { read: starting, pages: starting };
  const server = createFrontDoor({
    publicUrl: config.publicUrl,
    checkHost: createHostCheck(config),
    readPlane: (request, response) => sides.read(request, response),
    pages: (request, response) => sides.pages(request, response),
  });
  await listen(server, config.port, config.host);
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= closeServer(server, graceMs);
    return closing;
  };
  // Registered first as well, for a start that fails half-way.
  closers.add(close);
  return Object.assign(sides, { close });
}

async function openInstance(
  given: Config,
  events: StartEvents,
  closers: Closers,
): Promise<{ config: Config; ctx: Ctx }> {
  const database = await openDatabase(given, events);
  closers.add(database.close);
  const readSecret = randomBytes(32).toString("base64url");
  const config = { ...given, databaseUrl: database.appUrl, readSecret };
  Object.assign(process.env, toEnvironment(config));
  closers.add(closeDb);
  const now = () => new Date();
  const instance = await checkInstallation(config, now());
  ensureSessionSecret(config.sessionSecretFile);
  if (database.applied.length > 0) events.say(`Database ready (${database.applied.length} migrations applied).`);
  const ctx: Ctx = {
    actor: { kind: "system", name: "boot" },
    requestId: "boot",
    address: null,
    registryId: instance.registryId,
    instanceKind: instance.kind,
    now,
  };
  return { config, ctx };
}
