import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Closers } from "#lib/boot/closers.ts";
import { closeServer, listen } from "#lib/boot/listen.ts";
import type { Readiness } from "#lib/boot/readiness.ts";
import { partsOf } from "#lib/boot/roles.ts";
import type { Config } from "#lib/config/index.ts";
import { createClientAddress, createProxyCheck } from "#lib/http/forwarded.ts";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createHostCheck } from "#lib/http/hosts.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";
import { createProbes } from "#lib/http/probes.ts";
import { createTraffic } from "#lib/http/traffic/index.ts";
import { createGivenId } from "#lib/http/traffic/request-id.ts";
import { metrics } from "#lib/metrics/index.ts";

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What stands behind the one port. */
export type Doors = {
  read: Handle;
  pages: Handle;
  /** Is no more ready, serves on for the time to drain, takes no new connections, lets running requests end. */
  close: () => Promise<void>;
};

const graceMs = 3_000;

/**
 * Takes the one port. The sides a role has answer 503 until they are opened, those it has not 404.
 * @throws StartError when the port cannot be had.
 */
export async function openDoors(config: Config, log: Logger, readiness: Readiness, closers: Closers): Promise<Doors> {
  const { control, read } = partsOf[config.role];
  const { publicUrl } = config;
  const starting: Handle = (_request, response) =>
    sendProblem(response, publicUrl, "unavailable", "The registry is starting. Try again in a moment.");
  const absent: Handle = (_request, response) =>
    sendProblem(response, publicUrl, "not-found", "This process does not answer here.");
  const isProxy = createProxyCheck(config.trustedProxies);
  const sides = { read: read ? starting : absent, pages: control ? starting : absent };
  const server = createFrontDoor({
    publicUrl,
    checkHost: createHostCheck(config),
    readPlane: (request, response) => sides.read(request, response),
    pages: (request, response) => sides.pages(request, response),
    isProxy,
    probes: createProbes(publicUrl, () => readiness.missing()),
    traffic: createTraffic({
      metrics: metrics(),
      logger: log,
      logRequests: config.logRequests,
      clientAddress: createClientAddress(config.trustedProxies),
      givenId: createGivenId(isProxy),
      isDraining: () => readiness.draining,
    }),
  });
  await listen(server, config.port, config.host);
  let closing: Promise<void> | null = null;
  const drain = async () => {
    const wasReady = readiness.missing().length === 0;
    readiness.drain();
    if (wasReady) await sleep(config.drainSeconds * 1_000);
    await closeServer(server, graceMs);
  };
  const close = () => {
    closing ??= drain();
    return closing;
  };
  // Registered first as well, for a start that fails half-way.
  closers.add(close);
  return Object.assign(sides, { close });
}
