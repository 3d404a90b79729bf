import { describe, expect, it } from "vitest";
import {
  describeProcess,
  labelled,
  Metrics,
  merge,
  metrics,
  rateLimitedRequests,
  toExposition,
} from "#lib/metrics/index.ts";

describe("the text format", () => {
  it("has HELP and TYPE once per name, then its samples, and ends with a line break", async () => {
    const all = new Metrics();
    all.counter("a_total", "How many.", { kind: "x" }).value += 2;
    all.counter("a_total", "How many.", { kind: "y" }).value += 1;
    expect(toExposition(await all.families())).toBe(
      '# HELP a_total How many.\n# TYPE a_total counter\na_total{kind="x"} 2\na_total{kind="y"} 1\n',
    );
  });

  it("escapes what would end a line or a value", () => {
    const samples = [{ suffix: "" as const, labels: { text: 'a"b\\c\nd' }, value: 1 }];
    expect(toExposition([{ name: "x", help: 'One\\two\n"three"', type: "gauge", samples }])).toBe(
      '# HELP x One\\\\two\\n"three"\n# TYPE x gauge\nx{text="a\\"b\\\\c\\nd"} 1\n',
    );
  });

  it.each([
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
    [0.000001, "0.000001"],
    [1e21, "1e+21"],
  ])("writes %d as %s", (value, text) => {
    const samples = [{ suffix: "" as const, labels: {}, value }];
    expect(toExposition([{ name: "x", help: "X.", type: "gauge", samples }])).toContain(`\nx ${text}\n`);
  });

  it("leaves out names without samples", () => {
    expect(toExposition([{ name: "x", help: "X.", type: "gauge", samples: [] }])).toBe("");
  });

  it("has every name once, also when two processes have it", () => {
    const family = (value: number) => [
      { name: "x", help: "X.", type: "gauge" as const, samples: [{ suffix: "" as const, labels: {}, value }] },
    ];
    const both = merge([...labelled(family(1), { process: "a" }), ...labelled(family(2), { process: "b" })]);
    expect(toExposition(both)).toBe('# HELP x X.\n# TYPE x gauge\nx{process="a"} 1\nx{process="b"} 2\n');
  });
});

describe("a histogram", () => {
  it("counts cumulatively, a bound including its own value, and sums", async () => {
    const all = new Metrics();
    const histogram = all.histogram("took_seconds", "Time.", { kind: "x" });
    for (const seconds of [0.0005, 0.0006, 2, 60]) histogram.observe(seconds);
    const text = toExposition(await all.families());
    expect(text).toContain("# TYPE took_seconds histogram\n");
    expect(text).toContain('took_seconds_bucket{kind="x",le="0.0005"} 1\n');
    expect(text).toContain('took_seconds_bucket{kind="x",le="0.001"} 2\n');
    expect(text).toContain('took_seconds_bucket{kind="x",le="2.5"} 3\n');
    expect(text).toContain('took_seconds_bucket{kind="x",le="10"} 3\n');
    expect(text).toContain('took_seconds_bucket{kind="x",le="+Inf"} 4\n');
    expect(text).toContain('took_seconds_count{kind="x"} 4\n');
    expect(text).toMatch(/took_seconds_sum\{kind="x"\} 62\.0011/);
  });
});

describe("a process", () => {
  it("has one set of metrics, whoever asks", () => {
    expect(metrics()).toBe(metrics());
    const cell = metrics().counter("test_asked_total", "Asked.");
    cell.value++;
    expect(metrics().counter("test_asked_total", "Asked.")).toBe(cell);
  });

  it("goes on without a collector that fails", async () => {
    const all = new Metrics();
    all.counter("kept_total", "Kept.").value++;
    all.collect("one", async () => {
      throw new Error("away");
    });
    all.collect("two", () => {
      throw new Error("away");
    });
    expect((await all.families()).map((family) => family.name)).toEqual(["kept_total"]);
  });

  it("says what it uses", async () => {
    const families = await describeProcess()();
    const memory = families.find((family) => family.name === "process_resident_memory_bytes");
    expect(memory?.samples[0]?.value).toBeGreaterThan(1e6);
    expect(toExposition(families)).toMatch(/^nodejs_eventloop_delay_seconds\{quantile="0.99"\} \d/m);
  });
});

it("requests refused for asking too often are counted by kind", async () => {
  rateLimitedRequests("validation").value++;
  rateLimitedRequests("validation").value++;
  rateLimitedRequests("forms").value++;
  const text = toExposition(await metrics().families());
  expect(text).toContain('countersign_rate_limited_requests_total{kind="validation"} 2\n');
  expect(text).toContain('countersign_rate_limited_requests_total{kind="forms"} 1\n');
});
