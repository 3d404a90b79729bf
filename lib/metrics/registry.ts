import type { Family, Sample } from "#lib/metrics/exposition.ts";

type Labels = Readonly<Record<string, string>>;

/** One number that only grows. */
export type Counter = { value: number };

/** How often a value fell into which range. Observing allocates nothing. */
export type Histogram = { observe: (value: number) => void };

type Kept<Cell> = Family & { cells: Map<string, { labels: Labels; cell: Cell }> };

class Buckets implements Histogram {
  readonly bounds: readonly number[];
  /** One more than bounds: the last is for what exceeds them all. */
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let at = 0;
    while (at < this.bounds.length && value > (this.bounds[at] ?? 0)) at++;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.sum += value;
  }
}

/** Seconds, from half a millisecond to ten seconds. */
const secondBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What one process counts. Whoever counts often keeps the cell it was given, and pays for an addition. */
export class Metrics {
  readonly #counters = new Map<string, Kept<Counter>>();
  readonly #histograms = new Map<string, Kept<Buckets>>();
  readonly #collectors = new Map<string, () => Family[] | Promise<Family[]>>();

  /** The counter of these labels, made at first use. @param name ends in `_total`. */
  counter(name: string, help: string, labels: Labels = {}): Counter {
    const family = keep(this.#counters, { name, help, type: "counter", samples: [] });
    return cellOf(family, labels, () => ({ value: 0 }));
  }

  /** The histogram of seconds of these labels, made at first use. @param name ends in `_seconds`. */
  histogram(name: string, help: string, labels: Labels = {}): Histogram {
    const family = keep(this.#histograms, { name, help, type: "histogram", samples: [] });
    return cellOf(family, labels, () => new Buckets(secondBounds));
  }

  /**
   * Asks for further families whenever somebody looks. One that fails leaves its families out.
   * @param subject what it describes; whoever described that before is not asked any more.
   */
  collect(subject: string, collector: () => Family[] | Promise<Family[]>): void {
    this.#collectors.set(subject, collector);
  }

  async families(): Promise<Family[]> {
    const collected = await Promise.all([...this.#collectors.values()].map(askOne));
    const counters = [...this.#counters.values()].map((family) => toFamily(family, toCounterSamples));
    const histograms = [...this.#histograms.values()].map((family) => toFamily(family, toHistogramSamples));
    return [...counters, ...histograms, ...collected.flat()];
  }
}

const shared = globalThis as { countersignMetrics?: Metrics };

/** The metrics of this process. On globalThis, because a bundler may load this module more than once in one process. */
export function metrics(): Metrics {
  shared.countersignMetrics ??= new Metrics();
  return shared.countersignMetrics;
}

async function askOne(collector: () => Family[] | Promise<Family[]>): Promise<Family[]> {
  try {
    return await collector();
  } catch {
    return [];
  }
}

function keep<Cell>(families: Map<string, Kept<Cell>>, family: Family): Kept<Cell> {
  const known = families.get(family.name);
  if (known) return known;
  const made = { ...family, cells: new Map() };
  families.set(family.name, made);
  return made;
}

function cellOf<Cell>(family: Kept<Cell>, labels: Labels, make: () => Cell): Cell {
  const key = JSON.stringify(Object.entries(labels));
  const known = family.cells.get(key);
  if (known) return known.cell;
  const cell = make();
  family.cells.set(key, { labels, cell });
  return cell;
}

function toFamily<Cell>(family: Kept<Cell>, toSamples: (labels: Labels, cell: Cell) => Sample[]): Family {
  const { name, help, type, cells } = family;
  return { name, help, type, samples: [...cells.values()].flatMap(({ labels, cell }) => toSamples(labels, cell)) };
}

function toCounterSamples(labels: Labels, { value }: Counter): Sample[] {
  return [{ suffix: "", labels, value }];
}

function toHistogramSamples(labels: Labels, { bounds, counts, sum }: Buckets): Sample[] {
  let total = 0;
  const buckets = [...counts].map((count, at): Sample => {
    total += count;
    return {
      suffix: "_bucket",
      labels: { ...labels, le: at < bounds.length ? String(bounds[at]) : "+Inf" },
      value: total,
    };
  });
  return [...buckets, { suffix: "_sum", labels, value: sum }, { suffix: "_count", labels, value: total }];
}
