import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nameOf, openStage, type Stage, serverCount } from "#lib/resolver/testing/stage.ts";

// The request sequences of real clients, as their sources send them, and the fields they cannot do without.

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

type Entry = {
  server: { name: string; version: string; description: string };
  _meta: Record<string, Record<string, unknown>>;
};
type List = { servers: Entry[]; metadata: { count: number; nextCursor?: string } };
const officialKey = "io.modelcontextprotocol.registry/official";

async function get<T>(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: T }> {
  const response = await fetch(stage.url + path, { headers });
  return { status: response.status, body: (await response.json()) as T };
}

describe("VS Code", () => {
  const page = (query: string) => get<List>(`/v0.1/servers?limit=50&version=latest${query}`);

  it("finds the version of the API by a probe", async () => {
    expect((await fetch(`${stage.url}/v0.1/servers?limit=1`)).ok).toBe(true);
  });

  it("lists everything, sending the cursor as it is and nothing of the first page but the limit", async () => {
    const names: string[] = [];
    let query = "";
    do {
      const { body } = await page(query);
      names.push(...body.servers.map(({ server }) => server.name));
      query = body.metadata.nextCursor ? `&cursor=${body.metadata.nextCursor}` : "";
    } while (query);
    expect(names).toEqual(Array.from({ length: serverCount }, (_, at) => nameOf(at)));
  });

  it("searches, and drops the search from the second page on", async () => {
    const first = await get<List>("/v0.1/servers?limit=5&version=latest&search=weather");
    const second = await get<List>(`/v0.1/servers?limit=50&version=latest&cursor=${first.body.metadata.nextCursor}`);
    const found = [...first.body.servers, ...second.body.servers];
    expect(found).toHaveLength(13);
    expect(found.every(({ server }) => server.description.includes("weather"))).toBe(true);
  });

  it("reads metadata and _meta without asking whether they are there", async () => {
    for (const query of ["", "&search=no%20such%20thing"]) {
      const { body } = await page(query);
      expect(body.metadata.count).toBe(body.servers.length);
      for (const { server, _meta } of body.servers) {
        expect([server.name, server.description, server.version].every((text) => text !== "")).toBe(true);
        expect(_meta[officialKey]).toMatchObject({ status: "active", isLatest: true });
        for (const time of ["publishedAt", "updatedAt"])
          expect(Date.parse(String(_meta[officialKey]?.[time]))).not.toBeNaN();
      }
    }
  });

  it("looks up each installed server by its exact name; 404 means it is not there", async () => {
    const at = (name: string) => `/v0.1/servers/${encodeURIComponent(name)}/versions/latest`;
    expect((await get<Entry>(at(nameOf(5)))).body.server).toMatchObject({ name: nameOf(5), version: "1.10.0" });
    for (const name of ["io.github.acme/zz-revoked", "io.github.acme/never"]) {
      expect((await get(at(name))).status).toBe(404);
    }
  });

  it("works from a web page: preflight and any origin", async () => {
    const headers = { origin: "vscode-file://vscode-app", "access-control-request-method": "GET" };
    const preflight = await fetch(`${stage.url}/v0.1/servers`, { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect((await fetch(`${stage.url}/v0.1/servers`, { headers })).headers.get("access-control-allow-origin")).toBe(
      "*",
    );
  });
});

describe("Copilot CLI", () => {
  it("allows by 200, blocks one by 404, and never meets 401 or 403, which would block everything", async () => {
    const statuses = await Promise.all(
      [nameOf(0), "io.github.acme/zz-revoked", "io.github.acme/never", "nonsense"].map(
        async (name) => (await fetch(`${stage.url}/v0.1/servers/${encodeURIComponent(name)}/versions/latest`)).status,
      ),
    );
    expect(statuses).toEqual([200, 404, 404, 404]);
  });

  it("is answered the same with a token nobody asked for", async () => {
    const path = "/v0.1/servers?repo=acme%2Fserver";
    expect(await get(path, { authorization: "Bearer gho_x" })).toEqual(await get(path));
  });
});

describe("ToolHive", () => {
  const bearer = { authorization: "Bearer some-token", "user-agent": "toolhive" };

  it("probes, then walks by hundreds", async () => {
    expect((await get("/v0.1/servers?limit=1", bearer)).status).toBe(200);
    const seen = new Set<string>();
    let cursor = "";
    do {
      const query = new URLSearchParams({ limit: "100", version: "latest", ...(cursor ? { cursor } : {}) });
      const { body } = await get<List>(`/v0.1/servers?${query}`, bearer);
      for (const { server } of body.servers) seen.add(server.name);
      cursor = body.metadata.nextCursor ?? "";
    } while (cursor);
    expect(seen.size).toBe(serverCount);
  });

  it("searches, reads one, and goes on without its own extensions", async () => {
    expect((await get<List>("/v0.1/servers?search=weather&version=latest", bearer)).body.servers).toHaveLength(13);
    expect((await get(`/v0.1/servers/${encodeURIComponent(nameOf(1))}/versions/latest`, bearer)).status).toBe(200);
    expect((await get("/v0.1/x/dev.toolhive/skills", bearer)).status).toBe(404);
  });
});

describe("Docker's gateway", () => {
  it("reads versions newest first, then one of them", async () => {
    const at = `/v0.1/servers/${encodeURIComponent(nameOf(10))}/versions`;
    const { body } = await get<List>(at);
    expect(body.servers).toHaveLength(2);
    expect(body.metadata).toEqual({ count: 2 });
    for (const { server } of body.servers) expect((await get(`${at}/${server.version}`)).status).toBe(200);
  });

  it("gets 404 for /v0, which is not served", async () => {
    expect((await fetch(`${stage.url}/v0/servers?version=latest&limit=100&cursor=`)).status).toBe(404);
  });

  it("may send an empty cursor", async () => {
    expect((await get<List>("/v0.1/servers?version=latest&limit=100&cursor=")).body.servers).toHaveLength(100);
  });
});

describe("an aggregator", () => {
  it("continues from the largest updatedAt of its last walk and sees what is gone as deleted", async () => {
    const all = await get<List>("/v0.1/servers?updated_since=1970-01-01T00:00:00Z&limit=100");
    const next = await get<List>(`/v0.1/servers?cursor=${all.body.metadata.nextCursor}&limit=100`);
    const entries = [...all.body.servers, ...next.body.servers];
    const deleted = entries.filter(({ _meta }) => _meta[officialKey]?.status === "deleted");
    expect(deleted.map(({ server }) => server.name)).toEqual(["io.github.acme/zz-revoked"]);
    const newest = entries
      .map(({ _meta }) => String(_meta[officialKey]?.updatedAt))
      .sort()
      .at(-1);
    const later = await get<List>(`/v0.1/servers?updated_since=${newest}`);
    expect(later.body).toEqual({ servers: [], metadata: { count: 0 } });
  });
});
