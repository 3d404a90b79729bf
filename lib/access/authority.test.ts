import { describe, expect, it } from "vitest";
import * as authority from "#lib/access/authority.ts";
import type { Actor, Ctx, Grant, PersonActor, Role, TokenActor, TokenScope } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";

const now = new Date("2026-11-22T12:00:00Z");
const grant = (role: Role, namespace = "*"): Grant => ({ role, namespace });

function person(grants: Grant[] = [], rest: Partial<PersonActor> = {}): PersonActor {
  const base = { kind: "person", personId: "p", sessionId: "s", name: "Ann", email: "ann@example.com" } as const;
  return { ...base, authenticatedAt: now, grants, owns: [], ...rest };
}

function token(scopes: TokenScope[], namespaces: string[], rest: Partial<TokenActor> = {}): TokenActor {
  const base = { kind: "token", tokenId: "t", label: "ci", ownerId: "p", createdById: "p" } as const;
  return { ...base, scopes, namespaces, grants: [], owns: [], ...rest };
}

function ctx(actor: Actor): Ctx {
  const registryId = "http://localhost:3000";
  return { actor, requestId: "r", address: null, registryId, instanceKind: "test", now: () => now };
}

function codeOf(call: () => unknown): string {
  try {
    call();
    return "allowed";
  } catch (error) {
    return isDomainError(error) ? error.code : String(error);
  }
}

const anonymous: Actor = { kind: "anonymous" };
const system: Actor = { kind: "system", name: "worker" };
const almighty = { grants: [grant("admin"), grant("auditor"), grant("reviewer"), grant("publisher")] };

describe("API tokens", () => {
  const strongest = token(["read", "publish", "audit"], ["*"], { ...almighty, owns: ["com.acme"] });

  it.each([
    ["requirePerson", () => authority.requirePerson(ctx(strongest))],
    ["requireFresh", () => authority.requireFresh(ctx(strongest))],
    ["requireAdmin", () => authority.requireAdmin(ctx(strongest))],
    ["requireFreshAdmin", () => authority.requireFreshAdmin(ctx(strongest))],
    ["requireReviewer", () => authority.requireReviewer(ctx(strongest), "com.acme")],
    ["requireOwner", () => authority.requireOwner(ctx(strongest), "com.acme")],
    ["requireSystem", () => authority.requireSystem(ctx(strongest))],
  ])("never pass %s, whatever their owner may do", (_name, call) => {
    expect(codeOf(call)).toBe("forbidden");
  });

  it("publish only with the scope, inside their namespaces, and where their owner may", () => {
    const grants = [grant("publisher", "com.acme")];
    const may = (actor: TokenActor, ns: string) => authority.mayPublish(actor, ns);
    expect(may(token(["publish"], ["com.acme"], { grants }), "com.acme")).toBe(true);
    expect(may(token(["publish"], ["*"], { grants }), "COM.acme")).toBe(true);
    expect(may(token(["read"], ["com.acme"], { grants }), "com.acme")).toBe(false);
    expect(may(token(["publish"], ["com.other"], { grants }), "com.acme")).toBe(false);
    expect(may(token(["publish"], ["*"], { grants }), "com.other")).toBe(false);
    expect(may(token(["publish"], ["com.acme"]), "com.acme")).toBe(false);
  });

  it("audit only with the scope, and only while their owner may", () => {
    expect(authority.isAuditor(token(["audit"], ["*"], { grants: [grant("auditor")] }))).toBe(true);
    expect(authority.isAuditor(token(["audit"], ["*"]))).toBe(false);
    expect(authority.isAuditor(token(["read"], ["*"], { grants: [grant("auditor")] }))).toBe(false);
    expect(authority.isAuditor(token(["audit"], ["*"], { ownerId: null }))).toBe(true);
    expect(authority.isAuditor(token(["audit"], ["com.acme"], { ownerId: null }))).toBe(false);
    expect(authority.isAuditor(token(["audit"], ["com.acme"], { grants: [grant("auditor")] }))).toBe(false);
  });
});

describe("people", () => {
  it("review only with the reviewer's grant: administering is not reviewing", () => {
    expect(authority.mayReview(person([grant("admin")]), "com.acme")).toBe(false);
    expect(authority.mayReview(person([], { owns: ["com.acme"] }), "com.acme")).toBe(false);
    expect(authority.mayReview(person([grant("reviewer", "com.acme")]), "com.acme")).toBe(true);
    expect(authority.mayReview(person([grant("reviewer", "com.acme")]), "com.acme.sub")).toBe(false);
  });

  it("are fresh for less than 15 minutes", () => {
    const signedIn = (ms: number) => ctx(person([], { authenticatedAt: new Date(now.getTime() - ms) }));
    expect(codeOf(() => authority.requireFresh(signedIn(authority.freshSignInMs - 1)))).toBe("allowed");
    expect(codeOf(() => authority.requireFresh(signedIn(authority.freshSignInMs)))).toBe("reauthentication-required");
  });

  it("who are no admins learn nothing of freshness", () => {
    const old = person([], { authenticatedAt: new Date(0) });
    expect(codeOf(() => authority.requireFreshAdmin(ctx(old)))).toBe("forbidden");
  });
});

it.each([
  ["requirePerson", authority.requirePerson],
  ["requireReader", authority.requireReader],
  ["requireAuditor", authority.requireAuditor],
  ["requirePublisher", (at: Ctx) => authority.requirePublisher(at, "com.acme")],
  ["requireOwner", (at: Ctx) => authority.requireOwner(at, "com.acme")],
] as const)("%s asks nobody to sign in and our own processes for nothing", (_name, require) => {
  expect(codeOf(() => require(ctx(anonymous)))).toBe("unauthenticated");
  expect(codeOf(() => require(ctx(system)))).not.toBe("allowed");
});

describe("namespaces an actor sees inside of", () => {
  const inside = authority.listInsideNamespaces;

  it("are all for admins and auditors, own ones for others, none for strangers", () => {
    expect(inside(person([grant("auditor")]))).toBeNull();
    expect(inside(person([grant("reviewer", "Com.Acme")], { owns: ["org.own"] }))).toEqual(["org.own", "com.acme"]);
    expect(inside(person())).toEqual([]);
    expect(inside(anonymous)).toEqual([]);
  });

  it("are for a token never more than its own list", () => {
    const grants = [grant("admin")];
    expect(inside(token(["read"], ["com.acme"], { grants }))).toEqual(["com.acme"]);
    expect(inside(token(["publish"], ["*"], { grants }))).toEqual([]);
    expect(inside(token(["read"], ["com.acme"], { grants: [grant("reviewer", "org.other")] }))).toEqual([]);
  });
});
