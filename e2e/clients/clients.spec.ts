import { expect, test } from "@playwright/test";
import { openGateway } from "./docker.ts";
import { type Answer, get, type List, officialKey, send } from "./http.ts";
import { openToolHive } from "./toolhive.ts";
import { findMissing, openGallery } from "./vs-code.ts";
import { type ClientWorld, openClientWorld } from "./world.ts";

// The request sequences of real clients, as their sources send them, against the real product.

test.describe.configure({ mode: "serial" });

let world: ClientWorld;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  world = await openClientWorld();
});
test.afterAll(() => world?.close());

const namesOf = (pages: List[]) => pages.flatMap(({ servers }) => servers.map(({ server }) => server.name));
const latestAt = (base: string, name: string) => `${base}/v0.1/servers/${encodeURIComponent(name)}/versions/latest`;

/** Base URLs for those who send no credentials. */
const openBases = () => [`${world.url}/`, `${world.channels.anonymous}/`, world.channels.capability];

test.describe("VS Code", () => {
  test("probes, lists and scrolls through every base URL that needs no credentials", async () => {
    for (const base of openBases()) {
      const gallery = openGallery(base);
      expect(await gallery.probe()).toBe(200);
      const pages = await gallery.pages();
      const listed = namesOf(pages);
      expect(pages.length).toBeGreaterThan(2);
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed.filter((name) => name.startsWith(world.namespace))).toEqual(world.names);
      expect(listed.length > world.names.length).toBe(base === `${world.url}/`);
    }
  });

  test("searches, drops the search from the second page on, and stays among what it found", async () => {
    const pages = await openGallery(world.url).pages("weather");
    expect(pages.map(({ servers }) => servers.length)).toEqual([50, 50, 5]);
    expect(namesOf(pages)).toEqual(world.names);
  });

  test("finds every field it does not ask for twice, also in an empty list", async () => {
    const gallery = openGallery(world.url);
    for (const { servers, metadata } of await gallery.pages()) {
      expect(metadata.count).toBe(servers.length);
      expect(servers.flatMap(findMissing)).toEqual([]);
    }
    expect(await gallery.pages("no such thing")).toEqual([{ servers: [], metadata: { count: 0 } }]);
  });

  test("looks up each installed server by its exact name; what is gone or never was is absent", async () => {
    for (const base of openBases()) {
      const gallery = openGallery(base);
      const [first = ""] = world.names;
      expect((await gallery.lookUp(first)).body).toMatchObject({ server: { name: first, version: "1.10.0" } });
      for (const name of [world.revoked, `${world.namespace}/never`, first.toUpperCase(), "nonsense"]) {
        expect([name, (await gallery.lookUp(name)).status]).toEqual([name, 404]);
      }
    }
  });

  test("what a channel does not show is as absent there as what never was", async () => {
    const ofDemo =
      namesOf(await openGallery(world.url).pages()).find((name) => !name.startsWith(world.namespace)) ?? "";
    for (const base of [world.channels.anonymous, world.channels.capability]) {
      const { status, body } = await openGallery(base).lookUp(ofDemo);
      const never = await openGallery(base).lookUp("org.nowhere/never");
      const plain = ({ requestId: _, ...rest }: Record<string, unknown>) => rest;
      expect([status, plain(body as never)]).toEqual([404, plain(never.body as never)]);
    }
  });

  test("works from a web page: preflight and any origin", async () => {
    const headers = { origin: "vscode-file://vscode-app", "access-control-request-method": "GET" };
    for (const base of [world.url, world.channels.anonymous, world.channels.capability]) {
      const preflight = await send("OPTIONS", `${base}/v0.1/servers`, headers);
      expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([204, "*"]);
      const list = await get(`${base}/v0.1/servers`, headers);
      expect(list.headers["access-control-allow-origin"]).toBe("*");
    }
  });

  test("a capability address keeps its secret: no referrer, nothing public, a redirect without it", async () => {
    const { headers } = await get(`${world.channels.capability}/v0.1/servers?limit=1`);
    expect(headers).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "private, no-cache" });
    const slash = await get(`${world.channels.capability}/v0.1/servers/`);
    expect(slash.status).toBe(308);
    expect(JSON.stringify(slash)).not.toContain("csc_");
    const wrong = await get(`${world.channels.capability.slice(0, -1)}/v0.1/servers`);
    expect([wrong.status, JSON.stringify(wrong)]).toEqual([404, expect.not.stringContaining("csc_")]);
  });
});

test.describe("Copilot", () => {
  test("the CLI allows by 200, blocks one by 404, and never meets 401 or 403, which would block everything", async () => {
    for (const base of [world.url, world.channels.anonymous, world.channels.capability]) {
      const asked = [world.names[0] ?? "", world.revoked, `${world.namespace}/never`, "nonsense"];
      const statuses = await Promise.all(asked.map(async (name) => (await get(latestAt(base, name))).status));
      expect(statuses).toEqual([200, 404, 404, 404]);
    }
  });

  test("the allow list is answered the same with a token nobody asked for", async () => {
    const plain = ({ headers: { date: _date, "x-request-id": _id, ...headers }, ...rest }: Answer) => ({
      ...rest,
      headers,
    });
    for (const base of [world.url, world.channels.anonymous]) {
      const url = `${base}/v0.1/servers?repo=acme%2Fserver`;
      const bare = await get(url);
      expect(bare.status).toBe(200);
      for (const token of ["gho_16C7e42F292c6912E7710c838347Ae178B4a", world.apiToken, world.token]) {
        expect(plain(await get(url, { authorization: `Bearer ${token}` }))).toEqual(plain(bare));
      }
    }
  });

  test("v0, which must not be implemented, is not", async () => {
    for (const base of openBases()) {
      expect((await get(`${base.replace(/\/$/, "")}/v0/servers`)).status).toBe(404);
    }
  });
});

test.describe("ToolHive", () => {
  test("with a token of its own on an open channel: ignored", async () => {
    for (const base of [world.url, world.channels.anonymous]) {
      const client = openToolHive(base, "eyJhbGciOiJub25lIn0.e30.");
      expect((await client.probe()).status).toBe(200);
      expect((await client.walk()).filter((name) => name.startsWith(world.namespace))).toEqual(world.names);
    }
  });

  test("on a token channel: probes, walks by hundreds, searches, reads one, and goes on without its extensions", async () => {
    const client = openToolHive(world.channels.token, world.token);
    const probe = await client.probe();
    expect(probe.status).toBe(200);
    expect(probe.headers).toMatchObject({ "cache-control": "private, no-cache" });
    expect(probe.headers.vary?.toLowerCase()).toContain("authorization");
    expect(await client.walk()).toEqual(world.names);
    expect((await client.search("weather-00")).body.servers).toHaveLength(10);
    expect((await client.read(world.names[1] ?? "")).status).toBe(200);
    for (const kind of ["skills", "plugins"]) expect((await client.extension(kind)).status).toBe(404);
  });

  test("with what is no token: told to sign in, and where that is described", async () => {
    const { status, headers } = await openToolHive(world.channels.token, "wrong").probe();
    expect([status, headers["www-authenticate"]]).toEqual([401, expect.stringContaining('error="invalid_token"')]);
    const bare = await get(`${world.channels.token}/v0.1/servers`);
    const challenge = bare.headers["www-authenticate"] ?? "";
    expect([bare.status, challenge.includes("error=")]).toEqual([401, false]);
    const described = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? "";
    const { body } = await get(described);
    expect(body).toMatchObject({
      resource: `${world.channels.token}/v0.1`,
      bearer_methods_supported: ["header"],
      scopes_supported: ["mcp-registry:read"],
    });
  });

  test("with a token of another channel, or of none: told that it is not enough", async () => {
    for (const token of [world.otherToken, world.apiToken]) {
      const { status, headers } = await openToolHive(world.channels.token, token).probe();
      const challenge = headers["www-authenticate"];
      expect([status, challenge]).toEqual([403, expect.stringContaining('error="insufficient_scope"')]);
    }
  });
});

test.describe("Docker's gateway", () => {
  test("imports a channel that serves v0, then reads versions newest first and each of them", async () => {
    const gateway = openGateway(world.channels.docker);
    const [first = ""] = world.names;
    expect(await gateway.importAll()).toEqual(world.names);
    const { body } = await gateway.versions(first);
    expect(body.servers.map(({ server }) => server.version)).toEqual(["1.10.0", "1.9.0"]);
    expect(body.metadata).toEqual({ count: 2 });
    for (const version of ["latest", "1.9.0", "1.10.0"]) {
      const one = await gateway.version(first, version);
      expect(one.body.server).toMatchObject({ name: first, version: version === "latest" ? "1.10.0" : version });
    }
  });

  test("meets 404 where v0 is not served", async () => {
    expect((await openGateway(world.url).page("")).status).toBe(404);
    expect((await openGateway(world.channels.anonymous).page("")).status).toBe(404);
  });
});

test("an aggregator continues from the largest updatedAt of its last walk, and sees what is gone as deleted", async () => {
  const base = `${world.channels.anonymous}/v0.1/servers`;
  const pages: List[] = [];
  let url = `${base}?updated_since=1970-01-01T00:00:00Z&limit=100`;
  for (;;) {
    const { body } = await get<List>(url);
    pages.push(body);
    if (body.metadata.nextCursor === undefined) break;
    url = `${base}?cursor=${body.metadata.nextCursor}&limit=100`;
  }
  const entries = pages.flatMap(({ servers }) => servers);
  expect(entries).toHaveLength(world.names.length + 2);
  const deleted = entries.filter(({ _meta }) => _meta[officialKey]?.status === "deleted");
  expect(deleted.map(({ server }) => server.name)).toEqual([world.revoked]);
  const newest = entries
    .map(({ _meta }) => String(_meta[officialKey]?.updatedAt))
    .toSorted()
    .at(-1);
  expect((await get(`${base}?updated_since=${newest}`)).body).toEqual({ servers: [], metadata: { count: 0 } });
});
