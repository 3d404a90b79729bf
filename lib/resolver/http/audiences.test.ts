import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { bearer, inside, makeStage, outside, secrets, tokens, traceOf } from "#lib/resolver/testing/channel-stage.ts";
import { type Answer, listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, manifestBytes } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const source = makeStage(registry);
let plane: TestPlane;

beforeAll(async () => {
  plane = await listenPlane({ registry, source, internalSecret: "s3cret" });
  await plane.start();
});
afterAll(() => plane.close());

const open = "/c/open/v0.1";
const sealed = `/c/sealed/${secrets.sealed}/v0.1`;
const team = "/c/team/v0.1";
const blob = (name: string) => `/x/countersign/manifest/${digestOf(manifestBytes({ name, version: "1.0.0" }))}`;
const at = (name: string, version?: string) =>
  `/servers/${encodeURIComponent(name)}/versions${version ? `/${version}` : ""}`;
const mutableRoutes = ["/servers", at(inside), at(inside, "latest"), at(inside, "1.0.0"), "/x/countersign/keys"];
const probes = ["/health", "/ping", "/version", "/openapi.json"];
const routes = [...mutableRoutes, blob(inside), ...probes];

type Credentials = { headers?: Record<string, string> };
const audiences: [string, string, Credentials, Record<string, string>][] = [
  ["anonymous", open, {}, { "cache-control": "public, no-cache" }],
  ["capability", sealed, {}, { "cache-control": "private, no-cache", "referrer-policy": "no-referrer" }],
  ["token", team, bearer(tokens.team), { "cache-control": "private, no-cache" }],
];

describe.each(audiences)("a channel for %s readers", (audience, base, credentials, headers) => {
  it.each(routes)("answers %s", async (route) => {
    const { status } = await plane.ask(base + route, credentials);
    expect(status).toBe(200);
    expect((await plane.ask(base + route, { method: "HEAD", ...credentials })).status).toBe(200);
  });

  it.each(mutableRoutes)("says who may keep %s", async (route) => {
    const answer = await plane.ask(base + route, credentials);
    expect(answer.headers).toMatchObject(headers);
    const conditional = { ...credentials.headers, "if-none-match": String(answer.headers.etag) };
    const again = await plane.ask(base + route, { headers: conditional });
    if (answer.headers.etag) expect([again.status, again.headers.vary]).toEqual([304, answer.headers.vary]);
  });

  it("lets bytes be kept for good by anybody only where anybody may have them", async () => {
    const expected = audience === "anonymous" ? "public, max-age=31536000, immutable" : "private, no-cache";
    expect((await plane.ask(base + blob(inside), credentials)).headers["cache-control"]).toBe(expected);
  });

  it("answers a preflight without credentials", async () => {
    const { status, headers } = await plane.ask(`${base}/servers`, { method: "OPTIONS" });
    expect([status, headers["access-control-allow-origin"]]).toEqual([204, "*"]);
    expect(headers["access-control-allow-headers"]).toContain("Authorization");
  });

  it.each([at(outside), at(outside, "latest"), at(outside, "1.0.0?include_deleted=true")])(
    "knows nothing of what it never showed: %s",
    async (route) => {
      const never = await plane.ask(base + route.replace("outside", "nowhere"), credentials);
      expect(never.status).toBe(404);
      expect(traceOf(await plane.ask(base + route, credentials))).toEqual(traceOf(never));
    },
  );

  it("has no bytes, no list entry and no suggestion of it either", async () => {
    const { status, json } = await plane.ask(`${base + blob(outside)}?include_deleted=true`, credentials);
    expect([status, json().detail]).toEqual([404, "Nothing shown here has this digest."]);
    for (const query of ["", "?include_deleted=true", "?updated_since=1970-01-01T00:00:00Z", "?search=outside"]) {
      expect((await plane.ask(`${base}/servers${query}`, credentials)).body.toString()).not.toContain(outside);
    }
    const similar = await plane.ask(base + at("com.other/outsid"), credentials);
    expect([similar.status, similar.json().suggestions]).toEqual([404, undefined]);
    const known = await plane.ask(base + at("io.acme/insid"), credentials);
    expect(known.json().suggestions).toEqual([inside]);
  });

  it("says that publishing needs a signature, and validates", async () => {
    const post = { method: "POST", ...credentials };
    expect((await plane.ask(`${base}/publish`, post)).json().code).toBe("signature-required");
    expect((await plane.ask(`${base}/validate`, post)).json().valid).toBe(false);
  });
});

describe("an anonymous channel", () => {
  it.each([tokens.team, tokens.expired, "nonsense"])("ignores a bearer token (%s)", async (token) => {
    for (const route of routes) {
      expect(traceOf(await plane.ask(open + route, bearer(token)))).toEqual(traceOf(await plane.ask(open + route)));
    }
  });
});

describe("what is not there", () => {
  const nowhere = (route: string) => `/c/unknown/v0.1${route}`;

  it.each([
    ["a secret that is wrong", `/c/sealed/${secrets.other.replaceAll("o", "q")}/v0.1`],
    ["a secret that has expired", `/c/sealed/${secrets.expired}/v0.1`],
    ["a secret that was revoked", `/c/sealed/${secrets.revoked}/v0.1`],
    ["the secret of another channel", `/c/sealed/${secrets.other}/v0.1`],
    ["a secret with something behind it", `/c/sealed/${secrets.sealed}x/v0.1`],
    ["a percent-encoded secret", `/c/sealed/%63${secrets.sealed.slice(1)}/v0.1`],
    ["a token in place of a secret", `/c/sealed/${tokens.team}/v0.1`],
    ["no secret", "/c/sealed/v0.1"],
    ["an empty secret", "/c/sealed//v0.1"],
    ["a secret that an anonymous channel has no use for", `/c/open/${secrets.sealed}/v0.1`],
    ["a secret for a token channel", `/c/team/${secrets.sealed}/v0.1`],
    ["the development version where it is not switched on", "/c/open/v0"],
    ["the default channel by its slug", "/c/default/v0.1"],
    ["an upper-case slug", "/c/OPEN/v0.1"],
  ])("is one and the same for %s", async (_case, base) => {
    for (const method of ["GET", "HEAD", "OPTIONS", "POST", "DELETE"]) {
      for (const route of [...routes, "/validate", "/nothing", "/servers/", "/%zz", ""]) {
        const expected = traceOf(await plane.ask(nowhere(route), { method }));
        expect(expected.status).toBe(404);
        expect(traceOf(await plane.ask(base + route, { method, ...bearer(tokens.team) })), route).toEqual(expected);
      }
    }
  });
});

describe("a token channel", () => {
  const metadata = `resource_metadata="https://registry.example.com/.well-known/oauth-protected-resource${team}"`;
  const challenge = `Bearer ${metadata}, scope="mcp-registry:read"`;

  it.each<[string, Record<string, string>, number, string]>([
    ["no credentials", {}, 401, challenge],
    ["an unknown token", { authorization: `Bearer ${tokens.revoked}` }, 401, `${challenge}, error="invalid_token"`],
    ["an expired token", { authorization: `Bearer ${tokens.expired}` }, 401, `${challenge}, error="invalid_token"`],
    ["text that is no token", { authorization: "Bearer x" }, 401, `${challenge}, error="invalid_token"`],
    ["another scheme", { authorization: `Basic ${tokens.team}` }, 401, challenge],
    ["a token without a scheme", { authorization: tokens.team }, 401, challenge],
    ["a scheme without a token", { authorization: "Bearer" }, 401, `${challenge}, error="invalid_token"`],
    ["a scheme that begins like ours", { authorization: `Bearers ${tokens.team}` }, 401, challenge],
    [
      "two tokens",
      { authorization: `Bearer ${tokens.team} ${tokens.team}` },
      401,
      `${challenge}, error="invalid_token"`,
    ],
    [
      "a capability's secret",
      { authorization: `Bearer ${secrets.sealed}` },
      401,
      `${challenge}, error="invalid_token"`,
    ],
    [
      "a token for another channel",
      { authorization: `Bearer ${tokens.peers}` },
      403,
      `${challenge}, error="insufficient_scope"`,
    ],
    [
      "a token that may read no channel",
      bearer(tokens.publishing).headers,
      403,
      `${challenge}, error="insufficient_scope"`,
    ],
    ["our own pages' secret", { "x-countersign-internal": "s3cret" }, 401, challenge],
  ])("refuses %s on every route", async (_case, headers, status, expected) => {
    for (const method of ["GET", "HEAD"]) {
      for (const route of [...routes, at(outside)]) {
        const answer = await plane.ask(team + route, { method, headers });
        expect([answer.status, answer.headers["www-authenticate"]], route).toEqual([status, expected]);
        expect(answer.headers).toMatchObject({ "cache-control": "no-store", vary: "Authorization" });
        expect(answer.body.toString()).not.toContain(inside);
      }
    }
  });

  it("tells those apart in nothing who hold a valid token that may not read it", async () => {
    for (const route of [...routes, at(outside), "/servers?limit=0", "/nothing"]) {
      const [peers, publishing] = [tokens.peers, tokens.publishing].map((token) =>
        plane.ask(team + route, bearer(token)),
      );
      expect(traceOf(await (publishing as Promise<Answer>))).toEqual(traceOf(await (peers as Promise<Answer>)));
    }
  });

  it("is no more to a valid token than to none where there is no such channel", async () => {
    for (const base of ["/c/nowhere/v0.1", "/c/sealed/v0.1", "/c/team/v0"]) {
      const expected = traceOf(await plane.ask(`${base}/servers`));
      expect(expected.status).toBe(404);
      for (const token of [tokens.team, tokens.publishing]) {
        expect(traceOf(await plane.ask(`${base}/servers`, bearer(token)))).toEqual(expected);
      }
    }
  });

  it("takes any letter case of the scheme", async () => {
    const headers = { authorization: `bearer  ${tokens.team}` };
    expect((await plane.ask(`${team}/servers`, { headers })).status).toBe(200);
  });

  it("says on what each answer depends", async () => {
    const varies = async (route: string) => (await plane.ask(team + route, bearer(tokens.team))).headers.vary;
    expect(await varies("/servers")).toBe("Authorization, Accept-Encoding");
    expect(await varies(blob(inside))).toBe("Authorization");
    expect(await varies("/nothing")).toBe("Authorization");
    expect(await varies("/servers?limit=0")).toBe("Authorization");
  });

  it("describes itself to those who look for credentials", async () => {
    const url = `/.well-known/oauth-protected-resource${team}`;
    const { status, json, headers } = await plane.ask(url);
    expect([status, headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    expect(json()).toEqual({
      resource: `https://registry.example.com${team}`,
      bearer_methods_supported: ["header"],
      scopes_supported: ["mcp-registry:read"],
      resource_documentation: "https://registry.example.com/problems/unauthenticated",
    });
    expect((await plane.ask(url, { method: "OPTIONS" })).status).toBe(204);
    expect((await plane.ask(url, { method: "POST" })).status).toBe(405);
  });

  it.each([
    "",
    "/v0.1",
    open,
    "/c/sealed/v0.1",
    "/c/unknown/v0.1",
    "/c/team/v0",
    `${team}/servers`,
    `/c/sealed/${secrets.sealed}/v0.1`,
  ])("and nothing else does: %s", async (path) => {
    expect((await plane.ask(`/.well-known/oauth-protected-resource${path}`)).status).toBe(404);
  });
});

describe("answers kept for later", () => {
  it("are never given to another audience", async () => {
    for (const route of routes) {
      const [shown] = [await plane.ask(team + route, bearer(tokens.team)), await plane.ask(sealed + route)];
      expect(shown.status).toBe(200);
      expect((await plane.ask(team + route)).status).toBe(401);
      expect((await plane.ask(team + route, bearer(tokens.peers))).status).toBe(403);
      expect((await plane.ask(`/c/sealed/v0.1${route}`)).status).toBe(404);
    }
  });

  it("are of one channel alone", async () => {
    const count = async (base: string, headers: Record<string, string> = {}) =>
      (await plane.ask(`${base}/servers`, { headers })).json<{ metadata: { count: number } }>().metadata.count;
    for (let asked = 0; asked < 2; asked++) {
      expect([await count("/v0.1"), await count(open), await count(sealed)]).toEqual([2, 1, 1]);
    }
  });
});

describe("the address with a secret", () => {
  it("is repeated in no redirect, refusal or log line", async () => {
    source.away = true;
    const urls = [
      `${sealed}/servers/`,
      `${sealed}//`,
      `${sealed}/nothing`,
      `${sealed}/servers?limit=x`,
      `${sealed}/%zz`,
    ];
    const bytes = digestOf(source.servers.get(inside)?.[0]?.approvals[0]?.bundle ?? Buffer.alloc(0));
    const answers = await Promise.all(
      [...urls, `${sealed}/x/countersign/approval/${bytes}`, `${sealed}/servers/x/y/versions/`].flatMap((url) =>
        ["GET", "POST", "OPTIONS"].map((method) => plane.ask(url, { method })),
      ),
    );
    await vi.waitFor(() => expect(plane.events.length).toBeGreaterThan(0), { timeout: 5000, interval: 5 });
    source.away = false;
    expect(answers.map(({ status }) => status)).toContain(503);
    for (const { headers, body } of answers) {
      expect(JSON.stringify(headers) + body.toString()).not.toContain(secrets.sealed.slice(0, 10));
      expect(headers["referrer-policy"]).toBe("no-referrer");
    }
    const written = plane.events.map((event) => `${JSON.stringify(event)} ${String(event.err)}`).join();
    expect(written).not.toContain(secrets.sealed.slice(0, 10));
  });

  it.each([
    ["/servers/?limit=1", "/servers?limit=1"],
    ["/servers///", "/servers"],
    ["/servers/a%2Fb:c/versions/", "/servers/a%2Fb:c/versions"],
    ["/", ""],
    ["///?x", "?x"],
  ])("redirects %s by a relative reference", async (from, to) => {
    const { status, headers } = await plane.ask(sealed + from);
    expect(status).toBe(308);
    const { pathname, search } = new URL(String(headers.location), `http://registry${sealed}${from}`);
    expect(pathname + search).toBe(sealed + to);
  });

  it("climbs no endless run of slashes", async () => {
    expect((await plane.ask(`${sealed}${"/".repeat(101)}`)).status).toBe(404);
    expect((await plane.ask(`${open}/servers///?limit=1`)).headers.location).toBe(`${open}/servers?limit=1`);
  });
});
