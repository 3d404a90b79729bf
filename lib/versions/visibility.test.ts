import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approveVersion } from "#lib/approval/index.ts";
import type { Actor, PersonActor, TokenScope } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { getReview } from "#lib/reviews/index.ts";
import {
  createTestRegistry,
  insertNamespace,
  insertPerson,
  insertToken,
  type TestRegistry,
} from "#lib/testing/lifecycle.ts";
import { expectRefusal } from "#lib/testing/refusal.ts";
import { getVersion, isInside, listVersions, publishVersion } from "#lib/versions/index.ts";

let registry: TestRegistry;
const name = "com.acme/weather";

beforeAll(async () => {
  registry = await createTestRegistry();
  await insertNamespace("org.other");
  for (const version of ["1.0.0", "1.1.0"]) {
    await publishVersion(registry.as(registry.publisher), await registry.sign({ ...sampleManifest, version }));
  }
  const ctx = registry.as(registry.reviewer);
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { version: "1.0.0" } });
  const { reviewDigest, expiry } = await getReview(ctx, { versionId });
  await approveVersion(ctx, { versionId, reviewDigest, expiresAt: expiry.latest });
});
afterAll(() => registry.close());

const seenBy = async (actor: Actor) =>
  (await listVersions(registry.as(actor), { name })).map(({ version }) => version).sort();
const person = (grants: PersonActor["grants"], owns: string[] = []): PersonActor => ({
  ...registry.member,
  grants,
  owns,
});

describe("a pending version beside a published one", () => {
  it.each<[string, () => Actor, string[]]>([
    ["its uploader", () => registry.publisher, ["1.0.0", "1.1.0"]],
    ["a reviewer", () => registry.reviewer, ["1.0.0", "1.1.0"]],
    ["a reviewer of everything", () => registry.otherReviewer, ["1.0.0", "1.1.0"]],
    ["an admin", () => registry.admin, ["1.0.0", "1.1.0"]],
    ["an auditor", () => registry.auditor, ["1.0.0", "1.1.0"]],
    ["an owner of the namespace", () => person([], ["com.acme"]), ["1.0.0", "1.1.0"]],
    ["an owner by another spelling", () => person([], ["COM.Acme"]), ["1.0.0", "1.1.0"]],
    ["a member", () => registry.member, ["1.0.0"]],
    ["a reviewer of another namespace", () => person([{ role: "reviewer", namespace: "org.other" }]), ["1.0.0"]],
    [
      "a publisher of a namespace with a longer name",
      () => person([{ role: "publisher", namespace: "com.acme.sub" }]),
      ["1.0.0"],
    ],
  ])("%s", async (_who, actor, versions) => {
    expect(await seenBy(actor())).toEqual(versions);
    if (versions.length === 1) {
      const ctx = registry.as(actor());
      const hidden = await expectRefusal("not-found", 0, () => getVersion(ctx, { name, version: "1.1.0" }));
      const missing = await expectRefusal("not-found", 0, () => getVersion(ctx, { name, version: "6.6.6" }));
      expect(hidden.detail).toBe(missing.detail);
    }
  });

  it.each<[TokenScope[], string, string[]]>([
    [["read"], "com.acme", ["1.0.0", "1.1.0"]],
    [["read"], "*", ["1.0.0", "1.1.0"]],
    [["read"], "org.other", ["1.0.0"]],
    [["publish"], "com.acme", ["1.0.0"]],
  ])("a token of its publisher with scopes %s for %s", async (scopes, namespace, versions) => {
    const token = await insertToken(registry.publisher, registry.publisher, { scopes, namespace });
    expect(await seenBy(token)).toEqual(versions);
  });

  it("a token never sees more than its owner", async () => {
    const token = await insertToken(registry.member, registry.member, { scopes: ["read"], namespace: "*" });
    expect(await seenBy(token)).toEqual(["1.0.0"]);
    expect(isInside(token, "com.acme")).toBe(false);
  });

  it("neither nobody nor a token for something else", async () => {
    await expectRefusal("unauthenticated", 0, () => listVersions(registry.as({ kind: "anonymous" }), { name }));
    const token = await insertToken(registry.auditor, registry.auditor, { scopes: ["audit"], namespace: "*" });
    await expectRefusal("forbidden", 0, () => listVersions(registry.as(token), { name }));
  });

  it("a server without anything published does not exist for others", async () => {
    await publishVersion(
      registry.as(registry.publisher),
      await registry.sign({ ...sampleManifest, name: "com.acme/secret-plan" }),
    );
    const ctx = registry.as(await insertPerson("New Member", [], registry.clock));
    const hidden = await expectRefusal("not-found", 0, () => listVersions(ctx, { name: "com.acme/secret-plan" }));
    const missing = await expectRefusal("not-found", 0, () => listVersions(ctx, { name: "com.acme/no-such-thing" }));
    expect(hidden.detail).toBe(missing.detail);
  });
});
