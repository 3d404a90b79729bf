import type { ServerResponse } from "node:http";
import { type Kind, toKind } from "#lib/http/traffic/route-kind.ts";
import type { Counter, Histogram, Metrics } from "#lib/metrics/index.ts";

type Cells = { time: Histogram; byStatus: Map<number, Counter>; aborted: Counter | null };

/** Counts requests by what they are about and how they ended, and how long they took. */
export class RequestCounts {
  readonly #metrics: Metrics;
  readonly #cells = new Map<string, Map<string, Cells>>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** @param seconds from the request's head to the end of its answer. */
  count(response: ServerResponse, seconds: number): void {
    const kind = toKind(response.req.url ?? "");
    const cells = this.#cellsOf(kind);
    cells.time.observe(seconds);
    if (response.writableFinished) this.#statusOf(cells, kind, response.statusCode).value++;
    else this.#abortedOf(cells, kind).value++;
  }

  #cellsOf(kind: Kind): Cells {
    const byChannel = this.#cells.get(kind.route) ?? new Map<string, Cells>();
    this.#cells.set(kind.route, byChannel);
    const known = byChannel.get(kind.channel);
    if (known) return known;
    const help = "Time from a request's head to the end of its answer.";
    const time = this.#metrics.histogram("countersign_http_request_duration_seconds", help, kind);
    const made: Cells = { time, byStatus: new Map(), aborted: null };
    byChannel.set(kind.channel, made);
    return made;
  }

  #statusOf(cells: Cells, kind: Kind, status: number): Counter {
    const known = cells.byStatus.get(status);
    if (known) return known;
    const labels = { ...kind, status: String(status) };
    const made = this.#metrics.counter("countersign_http_requests_total", "Requests answered.", labels);
    cells.byStatus.set(status, made);
    return made;
  }

  #abortedOf(cells: Cells, kind: Kind): Counter {
    const help = "Requests whose connection ended before their answer did.";
    cells.aborted ??= this.#metrics.counter("countersign_http_requests_aborted_total", help, kind);
    return cells.aborted;
  }
}
