import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshSignInMs } from "#lib/access/index.ts";
import type { Actor, PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { createNamespace, updateNamespace } from "#lib/namespaces/index.ts";
import { addManagedKey, addRule, loadPublishPolicy, retireRule, revokeManagedKey } from "#lib/publishers/index.ts";
import { createClock, createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";
import { seedTrustRoots } from "#lib/trust/index.ts";

let database: TestDatabase;
let admin: PersonActor;
let owner: PersonActor;
let stranger: PersonActor;
const clock = createClock();
const namespace = "com.acme";
const at = (actor: Actor, now = clock.now) => createCtx(actor, { now });

beforeAll(async () => {
  database = await createTestDatabase();
  admin = await createPerson({ grants: [["admin", "*"]] });
  await seedTrustRoots(at({ kind: "system", name: "boot" }));
  await createNamespace(at(admin), { name: namespace });
  await createNamespace(at(admin), { name: "com.other" });
  owner = await createPerson({ owns: [namespace] });
  stranger = await createPerson({ owns: ["com.other"], grants: [["publisher", namespace]] });
});
afterAll(() => database.drop());

function pemOf(kind: "P-256" | "P-384" | number): string {
  const { publicKey } =
    typeof kind === "number"
      ? generateKeyPairSync("rsa", { modulusLength: kind })
      : generateKeyPairSync("ec", { namedCurve: kind });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

const addKey = (actor: Actor, fields: object = {}) =>
  addManagedKey(at(actor), { namespace, label: "release", pem: pemOf("P-256"), ...fields });
const policy = () => loadPublishPolicy(null, namespace, { lock: false });

describe("managed keys", () => {
  it("are P-256 or RSA of 3072 bits, with the hint cosign writes and a controller", async () => {
    const view = await addKey(owner);
    expect(view.algorithm).toBe("ecdsa-p256-sha256");
    expect(Buffer.from(view.hint, "base64")).toHaveLength(32);
    expect(view.controllers).toEqual([{ id: owner.personId, name: owner.name }]);
    expect((await addKey(owner, { pem: pemOf(3072) })).algorithm).toBe("rsa-sha256");
  });

  it.each([
    ["another curve", { pem: pemOf("P-384") }],
    ["a short RSA key", { pem: pemOf(2048) }],
    ["text", { pem: "hello" }],
    ["no controller", { controllerIds: [] }],
    ["a controller who does not exist", { controllerIds: [crypto.randomUUID()] }],
    ["an end in the past", { notAfter: "2020-01-01T00:00:00Z" }],
    ["an invisible label", { label: "rel\u200base" }],
  ])("refuse %s", async (_what, fields) => {
    expect(await refusal(() => addKey(owner, fields))).toBe("invalid-input");
  });

  it("refuse a private key without repeating it", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const error = await addKey(owner, { pem }).catch((thrown: unknown) => JSON.stringify(thrown));
    expect(error).toContain("invalid-input");
    expect(error).not.toContain(pem.split("\n")[1]);
  });

  it("belong to one namespace, also when two add one at once", async () => {
    const pem = pemOf("P-256");
    const add = (name: string) => addManagedKey(at(admin), { namespace: name, label: "x", pem });
    expect((await Promise.all([codeOf(add(namespace)), codeOf(add("com.other"))])).sort()).toEqual([
      "allowed",
      "conflict",
    ]);
  });

  it("are added by fresh owners and admins; others cannot tell whether the namespace exists", async () => {
    expect(await refusal(() => addKey(stranger))).toBe("forbidden");
    expect(await refusal(() => addKey(stranger, { namespace: "com.nowhere" }))).toBe("forbidden");
    const later = () => new Date(clock.now().getTime() + freshSignInMs);
    const input = { namespace, label: "x", pem: pemOf("P-256") };
    expect(await refusal(() => addManagedKey(at(owner, later), input))).toBe("reauthentication-required");
  });

  it("let nobody in by themselves", async () => {
    expect((await policy()).managedKeys.length).toBeGreaterThan(0);
    expect((await policy()).rules).toEqual([]);
  });

  it("are revoked once, with a reason, by those responsible; for others they do not exist", async () => {
    const { id } = await addKey(owner);
    const revoke = (actor: Actor, reason = "lost") => revokeManagedKey(at(actor), { id, reason });
    expect(await refusal(() => revoke(stranger))).toBe("not-found");
    expect(await refusal(() => revokeManagedKey(at(owner), { id: crypto.randomUUID(), reason: "x" }))).toBe(
      "not-found",
    );
    expect(await refusal(() => revoke(owner, ""))).toBe("invalid-input");
    expect((await revoke(owner)).revokedReason).toBe("lost");
    expect(await refusal(() => revoke(admin))).toBe("state-conflict");
    expect((await policy()).managedKeys.find((key) => key.id === id)?.revokedAt).toBe(clock.now().getTime());
  });
});

const claims = {
  issuer: "https://token.actions.githubusercontent.com",
  repository: "https://github.com/acme/weather",
  repositoryId: "101",
  ownerId: "202",
  workflow: ".github/workflows/release.yml",
  refPattern: "refs/tags/v*",
  triggers: ["push"],
};
const workflowRule = { namespace, kind: "github-actions", label: "release", trustRootSlug: "public-good", claims };

describe("rules", () => {
  it.each([
    ["an unknown trust root", { trustRootSlug: "nowhere" }],
    ["an issuer the root may not speak for", { claims: { ...claims, issuer: "https://issuer.example.com" } }],
    ["no claims", { claims: {} }],
    ["no repository id", { claims: { ...claims, repositoryId: undefined } }],
    ["pull_request_target", { claims: { ...claims, triggers: ["pull_request_target"] } }],
    ["no trigger", { claims: { ...claims, triggers: [] } }],
    ["a pattern for everything", { claims: { ...claims, refPattern: "*" } }],
    ["a claim it does not know", { claims: { ...claims, actor: "me" } }],
    ["another kind", { kind: "email" }],
  ])("refuse %s", async (_what, fields) => {
    expect(await refusal(() => addRule(at(owner), { ...workflowRule, ...fields }))).toBe("invalid-input");
  });

  it("refuse a key that is revoked, or of another namespace, alike", async () => {
    const other = await addManagedKey(at(admin), { namespace: "com.other", label: "x", pem: pemOf("P-256") });
    const revoked = await addKey(owner);
    await revokeManagedKey(at(owner), { id: revoked.id, reason: "lost" });
    for (const managedKeyId of [other.id, revoked.id, crypto.randomUUID()]) {
      const rule = { namespace, kind: "key", label: "x", managedKeyId };
      const error = await addRule(at(owner), rule).catch((thrown: unknown) => String(thrown));
      expect(error).toMatch(/invalid-input: This is not a key of this namespace/);
    }
  });

  it("are added by fresh owners and admins only", async () => {
    expect(await refusal(() => addRule(at(stranger), workflowRule))).toBe("forbidden");
    const later = () => new Date(clock.now().getTime() + freshSignInMs);
    expect(await refusal(() => addRule(at(owner, later), workflowRule))).toBe("reauthentication-required");
  });

  it("count until retired, at once and for good; for strangers they do not exist", async () => {
    await addRule(at(owner), workflowRule);
    const [rule] = (await policy()).rules;
    expect(rule).toMatchObject({ kind: "github-actions", trustRootSlug: "public-good" });
    const id = rule?.id ?? "";
    expect(await refusal(() => retireRule(at(stranger), { id }))).toBe("not-found");
    expect(await refusal(() => retireRule(at(stranger), { id: crypto.randomUUID() }))).toBe("not-found");
    await retireRule(at(owner), { id });
    expect((await policy()).rules).toEqual([]);
    expect(await refusal(() => retireRule(at(owner), { id }))).toBe("state-conflict");
  });
});

describe("the policy", () => {
  it("is not found for a namespace that is missing", async () => {
    expect(await codeOf(loadPublishPolicy(null, "com.nowhere", { lock: true }))).toBe("not-found");
  });

  it("has another digest whenever a decision could differ, and the same otherwise", async () => {
    const seen = [(await policy()).policySha256];
    expect((await policy()).policySha256).toBe(seen[0]);
    await updateNamespace(at(admin), { name: namespace, maxPending: 7 });
    expect((await policy()).policySha256).toBe(seen[0]);
    const changes = [
      () => updateNamespace(at(admin), { name: namespace, requiredApprovals: 3 }),
      () => addRule(at(owner), workflowRule),
      () => addKey(owner),
      () => db().trustRoot.updateMany({ data: { retiredAt: clock.now() } }),
    ];
    for (const change of changes) {
      await change();
      seen.push((await policy()).policySha256);
    }
    expect(new Set(seen).size).toBe(seen.length);
  });
});
