import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseEncoding, EncodedBodies } from "#lib/resolver/http/encoding.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion } from "#lib/resolver/testing/registry.ts";

it.each([
  [undefined, null],
  ["", null],
  ["identity", null],
  ["gzip", "gzip"],
  ["gzip, deflate, br, zstd", "br"],
  ["GZIP;q=0.5", "gzip"],
  ["br;q=0, gzip;q=0.1", "gzip"],
  ["br; q=0.000, gzip;q=0", null],
  ["brotli, xgzip", null],
])("chooses for %s: %s", (accepted, expected) => expect(chooseEncoding(accepted)).toBe(expected));

describe("encoded bodies", () => {
  const body = (char: string) => Buffer.from(char.repeat(5000));

  it("are made once, by whoever comes first", async () => {
    const bodies = new EncodedBodies();
    const [first, second] = [bodies.find('"a"', body("a"), "gzip"), bodies.find('"a"', body("a"), "gzip")];
    expect(first).toBeInstanceOf(Promise);
    expect(second).toBe(first);
    const made = await first;
    expect(bodies.find('"a"', body("a"), "gzip")).toBe(made);
    expect(gunzipSync(made ?? "")).toEqual(body("a"));
  });

  it("stay within their bytes, those used last the longest", async () => {
    const size = (await new EncodedBodies().find('"a"', body("a"), "gzip"))?.length ?? 0;
    const bodies = new EncodedBodies(size * 2);
    for (const char of ["a", "b"]) await bodies.find(`"${char}"`, body(char), "gzip");
    bodies.find('"a"', body("a"), "gzip");
    await bodies.find('"c"', body("c"), "gzip");
    expect(bodies.bytes).toBe(size * 2);
    expect(bodies.find('"a"', body("a"), "gzip")).toBeInstanceOf(Buffer);
    expect(bodies.find('"b"', body("b"), "gzip")).toBeInstanceOf(Promise);
  });

  it("are not made more at once than is bearable", async () => {
    const bodies = new EncodedBodies(1e6, 1);
    const first = bodies.find('"a"', body("a"), "br");
    expect(bodies.find('"b"', body("b"), "br")).toBeNull();
    await first;
    expect(bodies.find('"b"', body("b"), "br")).toBeInstanceOf(Promise);
  });
});

describe("answers", () => {
  const registry = makeRegistry();
  const path = "/v0.1/servers/io.acme%2Fweather/versions/latest";
  let plane: TestPlane;
  beforeAll(async () => {
    const name = "io.acme/weather";
    plane = await listenPlane({
      registry,
      source: new MemorySource().set(name, makeVersion(registry, { name, version: "1.0.0" })),
    });
    await plane.start();
  });
  afterAll(() => plane.close());
  const ask = (headers: Record<string, string>, method = "GET", at = path) => plane.ask(at, { headers, method });

  it.each(["/v0.1/servers", path, "/v0.1/servers/io.acme%2Fweather/versions"])(
    "%s come in each encoding",
    async (at) => {
      const plain = await ask({}, "GET", at);
      const br = await ask({ "accept-encoding": "br" }, "GET", at);
      const gzip = await ask({ "accept-encoding": "gzip" }, "GET", at);
      expect(brotliDecompressSync(br.body)).toEqual(plain.body);
      expect(gunzipSync(gzip.body)).toEqual(plain.body);
      expect([plain, br, gzip].map(({ headers }) => headers["content-encoding"])).toEqual([undefined, "br", "gzip"]);
      expect(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
      for (const { headers, body } of [plain, br, gzip]) {
        expect(headers).toMatchObject({ vary: "Accept-Encoding", "content-length": String(body.length) });
      }
    },
  );

  it("are known again by the tag of any encoding", async () => {
    const br = await ask({ "accept-encoding": "br" });
    for (const encoding of ["br", "gzip", "identity"]) {
      const again = await ask({ "accept-encoding": encoding, "if-none-match": String(br.headers.etag) });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    }
  });

  it("to HEAD describe the encoded form", async () => {
    const [get, head] = [await ask({ "accept-encoding": "br" }), await ask({ "accept-encoding": "br" }, "HEAD")];
    expect({ ...head.headers, date: "" }).toEqual({ ...get.headers, date: "" });
    expect(head.body.length).toBe(0);
  });

  it.each(["/v0.1/health", "/v0.1/servers?search=nothing", "/v0.1/nothing"])(
    "as short as %s stay plain",
    async (at) => {
      expect((await ask({ "accept-encoding": "br" }, "GET", at)).headers["content-encoding"]).toBeUndefined();
    },
  );
});
