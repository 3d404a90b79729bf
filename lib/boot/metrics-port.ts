import { once } from "node:events";
import { createServer, request as openRequest } from "node:http";
import { text } from "node:stream/consumers";
import { closeServer, listen } from "#lib/boot/listen.ts";
import { expositionType, type Family, labelled, type Metrics, merge, toExposition } from "#lib/metrics/index.ts";

/**
 * Serves `GET /metrics` on a port of its own, so that no rule of a proxy stands between them and the world.
 * @param pages unix socket of the page process, whose metrics are merged in; null while there is none.
 * @throws StartError when the port cannot be had.
 */
export async function openMetricsPort(
  { host, port }: { host: string; port: number },
  metrics: Metrics,
  pages: () => string | null,
): Promise<() => Promise<void>> {
  const server = createServer({ maxHeaderSize: 8 * 1024, requestTimeout: 10_000 }, (request, response) => {
    const path = request.url?.split("?", 1)[0];
    if (request.method !== "GET" || path !== "/metrics") return void response.writeHead(404).end();
    void gather(metrics, pages()).then((families) => {
      response.writeHead(200, { "content-type": expositionType, "cache-control": "no-store" });
      response.end(toExposition(families));
    });
  });
  await listen(server, port, host);
  return () => closeServer(server, 1_000);
}

async function gather(metrics: Metrics, socketPath: string | null): Promise<Family[]> {
  const [own, pages] = await Promise.all([metrics.families(), socketPath === null ? [] : askPages(socketPath)]);
  return merge([...labelled(own, { process: "server" }), ...labelled(pages, { process: "pages" })]);
}

/** Nothing when the page process does not answer within a second. */
async function askPages(socketPath: string): Promise<Family[]> {
  const signal = AbortSignal.timeout(1_000);
  try {
    const asked = openRequest({
      socketPath,
      path: "/metrics",
      headers: { "x-countersign-metrics": "1" },
      signal,
    }).end();
    const [response] = await once(asked, "response", { signal });
    return JSON.parse(await text(response)) as Family[];
  } catch {
    return [];
  }
}
