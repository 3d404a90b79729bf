import { afterEach, describe, expect, it } from "vitest";
import type { ChannelRecord } from "#lib/resolver/source.ts";
import { bearer, inside, makeStage, outside, rows, tokens, traceOf } from "#lib/resolver/testing/channel-stage.ts";
import { tokenRow } from "#lib/resolver/testing/channels.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const list = "/v0.1/servers";
const probes = ["/v0.1/health", "/v0.1/ping", "/v0.1/version", "/v0.1/openapi.json"];
const ours = { headers: { "x-countersign-internal": "s3cret" } };
/** Our own pages, for somebody who is not signed in. */
const forVisitors = { headers: { ...ours.headers, "x-countersign-view": "visitor" } };
let plane: TestPlane;
afterEach(() => plane.close());

async function start(changes: Partial<ChannelRecord>, options: { anonymous?: boolean } = {}) {
  const source = makeStage(registry);
  const standard = { ...rows.standard, ...changes };
  source.access.channels = [standard, ...source.access.channels.slice(1)];
  source.access.tokens.push(tokenRow(tokens.revoked, [standard]));
  plane = await listenPlane({ registry, source, internalSecret: "s3cret", ...options });
  await plane.start();
}

async function listed(options: object = {}, url = list): Promise<string[] | number> {
  const { status, json } = await plane.ask(url, options);
  if (status !== 200) return status;
  return json<{ servers: { server: { name: string } }[] }>().servers.map(({ server }) => server.name);
}

async function expectProbesAndOurPages() {
  for (const probe of probes) expect((await plane.ask(probe)).status).toBe(200);
  for (let asked = 0; asked < 2; asked++) expect(await listed(ours)).toEqual([outside, inside]);
  expect((await plane.ask(list, ours)).headers["cache-control"]).toBe("private, no-cache");
}

describe("the default channel", () => {
  it("may show less than everything, but not to our own pages", async () => {
    await start({ selection: { include: [{ namespace: "io.acme" }], exclude: [] } });
    await expectProbesAndOurPages();
    expect(await listed()).toEqual([inside]);
    expect(await listed(forVisitors)).toEqual([inside]);
    expect(await listed({ headers: { "x-countersign-internal": "other" } })).toEqual([inside]);
  });

  it("may be read with tokens alone", async () => {
    await start({ audience: "token" });
    await expectProbesAndOurPages();
    const { status, headers } = await plane.ask(list);
    expect([status, headers["www-authenticate"]]).toEqual([
      401,
      'Bearer resource_metadata="https://registry.example.com/.well-known/oauth-protected-resource/v0.1", ' +
        'scope="mcp-registry:read"',
    ]);
    expect(await listed(bearer(tokens.team))).toBe(403);
    expect(await listed(bearer(tokens.revoked))).toEqual([outside, inside]);
    expect(await listed()).toBe(401);
    expect(await listed(forVisitors)).toBe(401);
    expect((await plane.ask("/.well-known/oauth-protected-resource/v0.1")).json().resource).toBe(
      "https://registry.example.com/v0.1",
    );
  });

  it("that is disabled answers probes and our own pages alone", async () => {
    await start({ disabled: true });
    await expectProbesAndOurPages();
    for (const method of ["GET", "OPTIONS", "POST"]) {
      for (const route of ["/servers", "/x/countersign/keys", "/servers/", "/%zz", "", "/health/", "/validate"]) {
        const expected = traceOf(await plane.ask(`/c/unknown/v0.1${route}`, { method }));
        expect(traceOf(await plane.ask(`/v0.1${route}`, { method })), route).toEqual(expected);
      }
    }
  });

  it.each([
    ["which is a capability channel", { audience: "capability" }],
    ["with another word for its audience", { audience: "everybody" }],
  ])("whose row says something impossible (%s) is as good as disabled", async (_case, changes) => {
    await start(changes);
    await expectProbesAndOurPages();
    expect(await listed()).toBe(404);
    expect(plane.events).toContainEqual(expect.objectContaining({ event: "channel-refused", channel: "default" }));
  });

  it.each([
    null,
    "everything",
    { include: [{ namespace: "*" }] },
    { include: [{}], exclude: [] },
    { include: [{ namespace: "io.*.x" }], exclude: [] },
  ])("whose selection cannot be read (%j) shows nothing, and holds up no other", async (selection) => {
    await start({ selection });
    await expectProbesAndOurPages();
    expect([await listed(), await listed({}, `${list}?include_deleted=true`)]).toEqual([[], []]);
    expect(await listed({}, "/c/open/v0.1/servers")).toEqual([inside]);
    expect(plane.events).toContainEqual(expect.objectContaining({ event: "channel-refused", channel: "default" }));
  });
});

describe("the development version", () => {
  it("answers like the other where a channel serves it, and is nowhere else", async () => {
    await start({ serveV0: true });
    for (const route of [
      "/servers",
      "/servers?limit=1",
      "/health",
      `/servers/${encodeURIComponent(inside)}/versions/latest`,
    ]) {
      const [old, current] = [await plane.ask(`/v0${route}`), await plane.ask(`/v0.1${route}`)];
      expect([old.status, old.body]).toEqual([200, current.body]);
    }
    expect((await plane.ask("/v0/servers/")).headers.location).toBe("/v0/servers");
    // Our own pages have one address.
    expect((await plane.ask("/v0/servers", ours)).headers["cache-control"]).toBe("public, no-cache");
    expect(await listed({}, "/c/open/v0/servers")).toBe(404);
  });

  it("is not served unless switched on, probes included", async () => {
    await start({});
    expect([await listed({}, "/v0/servers"), await listed({}, "/v0/health"), await listed({}, "/v0")]).toEqual([
      404, 404, 404,
    ]);
  });
});

describe("where anonymous reading is switched off", () => {
  it("every anonymous channel refuses, and the others answer", async () => {
    await start({}, { anonymous: false });
    await expectProbesAndOurPages();
    expect([await listed(), await listed({}, "/c/open/v0.1/servers"), await listed({}, "/c/open/v0.1/health")]).toEqual(
      [403, 403, 403],
    );
    expect(await listed(bearer(tokens.team), "/c/team/v0.1/servers")).toEqual([inside]);
    expect((await plane.ask(`/c/open/v0.1/servers`, bearer(tokens.team))).headers["www-authenticate"]).toBeUndefined();
  });
});

it("before the first load every channel asks to wait", async () => {
  plane = await listenPlane({ registry, source: makeStage(registry) });
  for (const url of [
    list,
    "/c/open/v0.1/servers",
    "/c/unknown/v0.1/servers",
    "/v0/servers",
    "/.well-known/oauth-protected-resource/v0.1",
  ]) {
    const { status, headers } = await plane.ask(url);
    expect([status, headers["retry-after"]], url).toEqual([503, "1"]);
  }
});
