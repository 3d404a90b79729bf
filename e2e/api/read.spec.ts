import { createHash } from "node:crypto";
import { call } from "../fixtures/api.ts";
import { expect, test } from "../fixtures/test.ts";

// The read API as a client sees it. Its rules in full are tested beside its code.

const version = "/v0.1/servers/app.linear/linear/versions/1.0.0";

test("the catalogue is listed page by page, and holds nothing that was not countersigned", async () => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await call("GET", `/v0.1/servers?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
    names.push(...body.servers.map(({ server }: { server: { name: string } }) => server.name));
    cursor = body.metadata.nextCursor;
  } while (cursor);
  expect(names).toEqual(expect.arrayContaining(["app.linear/linear", "io.github.upstash/context7"]));
  expect(names).not.toContain("io.github.grafana/mcp-grafana");
  expect(names).toEqual(names.toSorted());
});

test("a name is found in both its forms, with the same bytes and the same tag", async () => {
  const plain = await call("GET", version);
  const encoded = await call("GET", version.replace("app.linear/linear", "app.linear%2Flinear"));
  expect(plain.body).toEqual(encoded.body);
  expect(plain.headers.get("etag")).toBe(encoded.headers.get("etag"));
  const known = { "if-none-match": plain.headers.get("etag") ?? "" };
  expect((await call("GET", version, { headers: known })).status).toBe(304);
});

test("the bytes that an entry names are served, and have the digests it says", async () => {
  const { manifest, bundles, approval } = (await call("GET", version)).body._meta["countersign/approval"];
  const kinds = { manifest: manifest.digest, bundle: bundles[0].digest, approval: approval.digest };
  for (const [kind, digest] of Object.entries(kinds)) {
    const response = await fetch(`${process.env.E2E_URL}/v0.1/x/countersign/${kind}/${digest}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(`sha256:${createHash("sha256").update(bytes).digest("hex")}`, kind).toBe(digest);
    expect(response.headers.get("content-security-policy"), kind).toContain("sandbox");
    expect(response.headers.get("x-content-type-options"), kind).toBe("nosniff");
  }
});

test("what waits, what was refused and what never was are the same 404", async () => {
  const waiting = await call("GET", "/v0.1/servers/io.github.upstash/context7/versions/4.1.1");
  const refused = await call("GET", "/v0.1/servers/io.github.upstash/context7/versions/9.9.9");
  const { requestId: _one, ...first } = waiting.body;
  const { requestId: _two, ...second } = refused.body;
  expect(waiting.status).toBe(404);
  expect(first).toEqual(second);
});

test("it can be read from any page but only read", async () => {
  const { headers } = await call("GET", "/v0.1/servers", { headers: { origin: "https://client.example" } });
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("set-cookie")).toBeNull();
  const post = await call("POST", "/v0.1/servers", { json: {} });
  expect({ status: post.status, allow: post.headers.get("allow") }).toEqual({
    status: 405,
    allow: "GET, HEAD, OPTIONS",
  });
});

test("a limit that is no limit is refused, never corrected", async () => {
  for (const limit of ["0", "101", "-1", "1.5", "ten"]) {
    expect((await call("GET", `/v0.1/servers?limit=${limit}`)).status, limit).toBe(422);
  }
});

test("a method that nothing answers ends at the door", async () => {
  const { status, headers } = await call("PROPFIND", "/");
  expect(status).toBe(405);
  expect(headers.get("allow")).toContain("GET");
});
