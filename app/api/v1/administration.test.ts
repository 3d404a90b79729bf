import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createToken } from "#lib/access/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import type { RouteHandler } from "#lib/http/index.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler, type HandlerCall } from "#lib/testing/handler-call.ts";
import { insertNamespace } from "#lib/testing/lifecycle.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import * as invitation from "./invitations/[id]/route.ts";
import * as invitations from "./invitations/route.ts";
import * as keyRevoke from "./keys/[id]/revoke/route.ts";
import * as namespaceKeys from "./namespaces/[namespace]/keys/route.ts";
import * as namespaceOwner from "./namespaces/[namespace]/owners/[personId]/route.ts";
import * as namespace from "./namespaces/[namespace]/route.ts";
import * as namespaceRules from "./namespaces/[namespace]/rules/route.ts";
import * as ruleTest from "./namespaces/[namespace]/rules/test/route.ts";
import * as namespaces from "./namespaces/route.ts";
import * as clearTotp from "./people/[id]/clear-totp/route.ts";
import * as deactivate from "./people/[id]/deactivate/route.ts";
import * as grants from "./people/[id]/grants/route.ts";
import * as reactivate from "./people/[id]/reactivate/route.ts";
import * as reset from "./people/[id]/reset/route.ts";
import * as people from "./people/route.ts";
import * as changeCancel from "./policy-changes/[id]/cancel/route.ts";
import * as changeConfirm from "./policy-changes/[id]/confirm/route.ts";
import * as changes from "./policy-changes/route.ts";
import * as rule from "./rules/[id]/route.ts";
import * as prefill from "./rules/prefill/route.ts";
import * as currentSession from "./sessions/current/route.ts";
import * as token from "./tokens/[id]/route.ts";
import * as tokens from "./tokens/route.ts";
import * as trustRoots from "./trust-roots/route.ts";
import * as whoami from "./whoami/route.ts";

const id = randomUUID();
const ns = "com.acme";
const parts = () => {
  const form = new FormData();
  for (const name of ["manifest", "bundle"]) form.append(name, new File(["{}"], name));
  return form;
};

/** Every administration route: what a member without any role gets, and what an almighty person's API token gets. */
const routes: [string, RouteHandler, HandlerCall, member: number, apiToken: number][] = [
  ["DELETE sessions/current", currentSession.DELETE, { method: "DELETE" }, 204, 403],
  ["GET whoami", whoami.GET, {}, 200, 200],
  ["GET people", people.GET, {}, 403, 403],
  ["PATCH people/{id}/grants", grants.PATCH, { method: "PATCH", params: { id }, body: { grants: [] } }, 403, 403],
  ["POST people/{id}/deactivate", deactivate.POST, { params: { id }, body: {} }, 403, 403],
  ["POST people/{id}/reactivate", reactivate.POST, { params: { id }, body: {} }, 403, 403],
  ["POST people/{id}/clear-totp", clearTotp.POST, { params: { id }, body: { reason: "lost" } }, 403, 403],
  ["POST people/{id}/reset", reset.POST, { params: { id }, body: {} }, 403, 403],
  ["POST invitations", invitations.POST, { body: { email: "x@example.com", name: "X", grants: [] } }, 403, 403],
  ["DELETE invitations/{id}", invitation.DELETE, { method: "DELETE", params: { id } }, 403, 403],
  ["GET namespaces", namespaces.GET, {}, 200, 200],
  ["POST namespaces", namespaces.POST, { body: { name: "com.fresh" } }, 403, 403],
  ["GET namespaces/{ns}", namespace.GET, { params: { namespace: ns } }, 404, 200],
  [
    "PATCH namespaces/{ns}",
    namespace.PATCH,
    { method: "PATCH", params: { namespace: ns }, body: { maxPending: 5 } },
    403,
    403,
  ],
  ["POST owners", namespaceOwner.POST, { params: { namespace: ns, personId: id }, body: {} }, 403, 403],
  ["DELETE owners", namespaceOwner.DELETE, { method: "DELETE", params: { namespace: ns, personId: id } }, 403, 403],
  ["POST keys", namespaceKeys.POST, { params: { namespace: ns }, body: { label: "x", pem: "x" } }, 403, 403],
  ["POST keys/{id}/revoke", keyRevoke.POST, { params: { id }, body: { reason: "x" } }, 404, 403],
  [
    "POST rules",
    namespaceRules.POST,
    { params: { namespace: ns }, body: { kind: "key", label: "x", managedKeyId: id } },
    403,
    403,
  ],
  ["POST rules/test", ruleTest.POST, { params: { namespace: ns }, body: parts() }, 403, 403],
  ["DELETE rules/{id}", rule.DELETE, { method: "DELETE", params: { id } }, 404, 403],
  ["GET rules/prefill", prefill.GET, { path: "/api/v1/rules/prefill?seq=1" }, 403, 403],
  ["GET policy-changes", changes.GET, {}, 200, 200],
  ["POST policy-changes/{id}/confirm", changeConfirm.POST, { params: { id }, body: {} }, 403, 403],
  ["POST policy-changes/{id}/cancel", changeCancel.POST, { params: { id }, body: {} }, 404, 403],
  ["GET tokens", tokens.GET, {}, 200, 403],
  [
    "POST tokens",
    tokens.POST,
    { body: { label: "x", scopes: ["audit"], namespaces: ["*"], expiresInDays: 1 } },
    422,
    403,
  ],
  ["DELETE tokens/{id}", token.DELETE, { method: "DELETE", params: { id } }, 404, 403],
  ["GET trust-roots", trustRoots.GET, {}, 200, 200],
];

let database: TestDatabase;
let admin: PersonActor;
let member: PersonActor;

beforeAll(async () => {
  database = await createTestDatabase();
  const now = new Date();
  await insertNamespace(ns);
  admin = await createPerson(
    {
      grants: [
        ["admin", "*"],
        ["auditor", "*"],
        ["reviewer", "*"],
      ],
      owns: [ns],
    },
    now,
  );
  member = await createPerson({}, now);
});
afterAll(() => database.drop());

/** All but what the asking itself moves: when a token or session was last seen, and the refusal chain. */
const contents = () => readTableContents("RefusalEntry", "RefusalHead", "Throttle", "Session", "Token");

describe("every administration route", () => {
  it.each(routes)("%s: 401 for nobody, and nothing is written", async (_name, handler, call) => {
    const before = await contents();
    expect((await callHandler(handler, call)).status).toBe(401);
    expect(await contents()).toEqual(before);
  });

  it.each(routes.slice(1))("%s: as a member without a role", async (_name, handler, call, status) => {
    const before = await contents();
    const bearer = await openApiSession(member);
    const answer = await callHandler(handler, { ...call, bearer });
    expect(answer.status).toBe(status);
    expect(await contents()).toEqual(before);
  });

  it.each(routes)(
    "%s: with an API token of somebody who may do everything",
    async (_name, handler, call, _member, status) => {
      const now = () => new Date();
      const request = { label: "strong", scopes: ["read", "publish", "audit"], namespaces: ["*"], expiresInDays: 1 };
      const { secret } = await createToken(createCtx(admin, { now }), request);
      const before = await contents();
      const answer = await callHandler(handler, { ...call, bearer: secret });
      expect(answer.status).toBe(status);
      expect(await contents()).toEqual(before);
    },
  );
});

describe("an admin by API", () => {
  const call = async (handler: RouteHandler, rest: HandlerCall) =>
    callHandler(handler, { ...rest, bearer: await openApiSession(admin) });

  it("invites, and the link is shown once with its token in the fragment", async () => {
    const body = { email: "new@example.com", name: "New", grants: [{ role: "reviewer", namespace: ns }] };
    const answer = await call(invitations.POST, { body });
    expect(answer.status).toBe(201);
    expect(answer.body.url).toMatch(/\/join#token=/);
    const list = await call(people.GET, {});
    expect(JSON.stringify(list.body)).not.toContain("#token=");
    expect(list.body.invitations).toMatchObject([{ email: "new@example.com" }]);
  });

  it("creates and changes a namespace; problems come with their status", async () => {
    expect((await call(namespaces.POST, { body: { name: "org.example" } })).status).toBe(201);
    expect((await call(namespaces.POST, { body: { name: "ORG.example" } })).status).toBe(409);
    expect((await call(namespaces.POST, { body: { name: "not a name" } })).status).toBe(422);
    const at = { params: { namespace: "org.example" } };
    const patched = await call(namespace.PATCH, { ...at, method: "PATCH", body: { requiredApprovals: 2 } });
    expect(patched.body).toEqual({ applied: true });
    expect((await call(namespace.GET, at)).body).toMatchObject({ requiredApprovals: 2 });
    expect((await call(namespace.GET, { params: { namespace: "org.nowhere" } })).status).toBe(404);
  });

  it("needs a fresh sign-in for what adds trust: 403 with its own code", async () => {
    const bearer = await openApiSession(admin, new Date(Date.now() - 15 * 60_000));
    const answer = await callHandler(namespaces.POST, { body: { name: "org.stale" }, bearer });
    expect(answer).toMatchObject({ status: 403, body: { code: "reauthentication-required" } });
    expect(await db().namespace.count({ where: { name: "org.stale" } })).toBe(0);
  });

  it("makes and ends a token", async () => {
    const body = { label: "ci", robot: true, scopes: ["publish"], namespaces: ["COM.acme"], expiresInDays: 30 };
    const created = await call(tokens.POST, { body });
    expect(created).toMatchObject({ status: 201, body: { robot: true, namespaces: [ns] } });
    const bearer = String(created.body.secret);
    expect((await callHandler(whoami.GET, { bearer })).body).toMatchObject({ kind: "token", label: "ci" });
    const gone = await call(token.DELETE, { method: "DELETE", params: { id: String(created.body.id) } });
    expect(gone.status).toBe(204);
    expect((await callHandler(whoami.GET, { bearer })).status).toBe(401);
  });
});

it("signing out by API ends the session", async () => {
  const bearer = await openApiSession(member);
  expect((await callHandler(currentSession.DELETE, { method: "DELETE", bearer })).status).toBe(204);
  expect((await callHandler(whoami.GET, { bearer })).status).toBe(401);
});
