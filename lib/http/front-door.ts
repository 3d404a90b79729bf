import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { knownMethods } from "#lib/http/allowed-methods.ts";
import {
  type ConnectionLimits,
  connectionLimits,
  limitConnections,
  PipelineLimit,
} from "#lib/http/connection-limits.ts";
import type { HostVerdict } from "#lib/http/hosts.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";
import { isProbePath } from "#lib/http/probes.ts";
// Only so that it is kept: every answer goes through several ticks.
import "#lib/http/tick-shape.ts";
import { holdsAddressSecret } from "#lib/http/traffic/redact-path.ts";

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export type FrontDoorOptions = {
  publicUrl: string;
  checkHost: (header: string | undefined) => HostVerdict;
  /** Answers `/v0.1`, `/v0`, `/c/…` and the metadata of channels that are read with a token. */
  readPlane: Handle;
  pages: Handle;
  /** Answers the probes of whoever runs the process. */
  probes?: Handle;
  /** Sees every request first, to count and name it; answers none. */
  traffic?: Handle;
  /** Whether a peer is a proxy of ours: those stand for many. */
  isProxy?: (peer: string) => boolean;
  limits?: Partial<ConnectionLimits>;
};

/** Answers under any Host, as the probes do, so that whoever asks needs no name. */
const healthPath = "/v0.1/health";
const maxUrlLength = 8 * 1024;

/** The server on the one port: refuses what no part of the product should see, and hands the rest on. */
export function createFrontDoor(options: FrontDoorOptions): Server {
  const limits = { ...connectionLimits, ...options.limits };
  const pipelined = new PipelineLimit(limits.maxPipelined);
  const given = {
    maxHeaderSize: 16 * 1024,
    connectionsCheckingInterval: limits.checkEveryMs,
    joinDuplicateHeaders: true,
  };
  const server = createServer({ ...given, keepAliveTimeout: limits.keepAliveMs }, (request, response) => {
    response.on("error", ignore);
    if (!pipelined.admit(request, response)) return;
    options.traffic?.(request, response);
    admit(request, response, options);
  });
  server.headersTimeout = limits.headersMs;
  server.requestTimeout = limits.requestMs;
  // A reader who takes nothing for this long keeps no socket and no answer in memory.
  server.timeout = limits.stalledMs;
  server.maxHeadersCount = 100;
  limitConnections(server, limits, options.isProxy ?? (() => false));
  return server;
}

/** An answer whose reader is gone is nobody's failure. */
function ignore(): void {}

function admit(request: IncomingMessage, response: ServerResponse, options: FrontDoorOptions): void {
  const { publicUrl, checkHost, readPlane, pages } = options;
  const url = request.url ?? "";
  // A full address in the request line would carry a second, unchecked host.
  if (!url.startsWith("/") || url.length > maxUrlLength) {
    return sendProblem(
      response,
      publicUrl,
      "bad-request",
      "The request target must be a path of at most 8192 characters.",
    );
  }
  // Sent twice, a host arrives as a list of two: whoever stands before us may have read the other one.
  if (request.headers.host?.includes(",")) {
    return sendProblem(response, publicUrl, "bad-request", "A request names one host.");
  }
  if (!knownMethods.includes(request.method ?? "")) {
    const allow = knownMethods.join(", ");
    return sendProblem(response, publicUrl, "method-not-allowed", `Allowed at most: ${allow}.`, { allow });
  }
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  if (options.probes && isProbePath(path)) return options.probes(request, response);
  const host = checkHost(request.headers.host);
  if (host === "refused" && path !== healthPath) {
    return sendProblem(
      response,
      publicUrl,
      "misdirected-request",
      "This registry does not answer under that host name.",
    );
  }
  if (isReadPath(path)) return readPlane(request, response);
  if (!isDecodable(path)) {
    return sendProblem(response, publicUrl, "bad-request", "The path is not valid percent-encoded UTF-8.");
  }
  // Of a channel's address with one slash too many, say: the pages repeat it in a redirect, or in what they draw.
  if (holdsAddressSecret(path)) {
    return sendProblem(response, publicUrl, "not-found", "There is nothing at this address.");
  }
  if (host === "alias" && isPageVisit(request)) return redirect(response, new URL(publicUrl).origin + url);
  pages(request, response);
}

/** Below these, channels of the read plane answer; everything else is for the pages. */
const readPrefixes = ["/v0.1/", "/c/", "/v0/", "/.well-known/oauth-protected-resource/"];
const readPaths = ["/v0.1", "/v0", "/.well-known/oauth-protected-resource"];

function isReadPath(path: string): boolean {
  return readPrefixes.some((prefix) => path.startsWith(prefix)) || readPaths.includes(path);
}

/** The pages' router answers 500 to what it cannot decode; the read plane has its own answer. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** A person's browser: cookies and the Origin check are bound to PUBLIC_URL, so it must not stay on another name. */
function isPageVisit(request: IncomingMessage): boolean {
  return request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(307, { location, "cache-control": "no-store", "content-length": 0 }).end();
}
