import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import {
  createTestRegistry,
  insertToken,
  makeSigner,
  signManifest,
  type TestRegistry,
} from "#lib/testing/lifecycle.ts";
import { expectRefusal } from "#lib/testing/refusal.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import { getVersion, publishVersion } from "#lib/versions/index.ts";

let registry: TestRegistry;

beforeAll(async () => {
  registry = await createTestRegistry();
});
afterAll(() => registry.close());

const manifestOf = (name: string, version = "1.0.0") => ({ ...sampleManifest, name: `com.acme/${name}`, version });

describe("publishing", () => {
  it("stores the exact bytes as pending and puts it into the ledger, unseen by readers", async () => {
    const upload = await registry.sign(manifestOf("first"));
    const view = await publishVersion(registry.as(registry.publisher), upload);
    expect(view).toMatchObject({ created: true, dryRun: false, name: "com.acme/first", state: "pending" });
    expect(view.statusPath).toBe("/api/v1/versions/com.acme/first/1.0.0");
    const row = await db().version.findFirstOrThrow({ include: { bundles: true }, where: { version: "1.0.0" } });
    expect(Buffer.from(row.manifest).equals(upload.manifestBytes)).toBe(true);
    expect(Buffer.from(row.bundles[0]?.bytes ?? []).equals(upload.bundleBytes)).toBe(true);
    expect(row).toMatchObject({ uploaderPersonId: registry.publisher.personId, uploaderTokenId: null, round: 0 });
    const entry = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(entry).toMatchObject({ action: "version.publish", subject: "com.acme/first@1.0.0", serverName: null });
  });

  it("answers the same bytes with the existing record, also under another valid bundle", async () => {
    const upload = await registry.sign(manifestOf("twice"));
    await publishVersion(registry.as(registry.publisher), upload);
    const before = await readTableContents();
    const other = { ...upload, bundleBytes: (await registry.sign(manifestOf("twice"))).bundleBytes };
    for (const again of [upload, other]) {
      const view = await publishVersion(registry.as(registry.publisher), again);
      expect(view).toMatchObject({ created: false, state: "pending" });
    }
    expect(await readTableContents()).toEqual(before);
  });

  it("writes nothing in a dry run, refused or not", async () => {
    const upload = await registry.sign(manifestOf("dry"));
    const before = await readTableContents();
    const view = await publishVersion(registry.as(registry.publisher), { ...upload, dryRun: true });
    expect(view).toMatchObject({ created: false, dryRun: true, state: "pending" });
    const other = await signManifest(manifestOf("dry"), makeSigner());
    await expectRefusal("signature-rejected", 0, () =>
      publishVersion(registry.as(registry.publisher), { ...other, dryRun: true }),
    );
    expect(await readTableContents()).toEqual(before);
  });

  it("records who owns and who created the token that uploaded", async () => {
    const { admin, publisher } = registry;
    const token = await insertToken(admin, publisher, { scopes: ["publish"], namespace: "com.acme" });
    await publishVersion(registry.as(token), await registry.sign(manifestOf("by-token")));
    const row = await db().version.findFirstOrThrow({ where: { server: { name: "com.acme/by-token" } } });
    expect(row).toMatchObject({
      uploaderPersonId: publisher.personId,
      uploaderTokenId: token.tokenId,
      tokenCreatorId: admin.personId,
    });
    expect((await getVersion(registry.as(token), { name: "com.acme/by-token", version: "1.0.0" })).state).toBe(
      "pending",
    );
  });
});

describe("refusals leave nothing but their entry", () => {
  const publish = (actor: TestRegistry["publisher"], manifest: object) => async () =>
    publishVersion(registry.as(actor), await registry.sign(manifest));

  it("somebody without rights in the namespace", async () => {
    await expectRefusal("forbidden", 1, publish(registry.member, manifestOf("no-rights")));
  });

  it("the same refusal for a namespace that does not exist", async () => {
    const error = await expectRefusal(
      "forbidden",
      1,
      publish(registry.member, { ...manifestOf("x"), name: "org.nowhere/thing", remotes: [] }),
    );
    const other = await expectRefusal("forbidden", 1, publish(registry.member, manifestOf("no-rights")));
    expect(error.detail).toBe(other.detail);
  });

  it("nobody, and a token without the scope, before anything is read", async () => {
    const upload = await registry.sign(manifestOf("early"));
    await expectRefusal("unauthenticated", 0, () => publishVersion(registry.as({ kind: "anonymous" }), upload));
    const token = await insertToken(registry.admin, registry.publisher, { scopes: ["read"], namespace: "com.acme" });
    await expectRefusal("forbidden", 0, () => publishVersion(registry.as(token), upload));
  });

  it("a token outside its namespaces", async () => {
    const token = await insertToken(registry.admin, registry.publisher, {
      scopes: ["publish"],
      namespace: "org.other",
    });
    const upload = await registry.sign(manifestOf("outside"));
    await expectRefusal("forbidden", 1, () => publishVersion(registry.as(token), upload));
  });

  it("an invalid manifest, every problem at once", async () => {
    const { description, ...rest } = manifestOf("invalid");
    const error = await expectRefusal("manifest-invalid", 1, publish(registry.publisher, { ...rest, version: "^1.0" }));
    expect(error.fields.length).toBeGreaterThan(1);
    expect(description).toBeTruthy();
  });

  it("an unknown key, with the check that failed", async () => {
    const upload = await signManifest(manifestOf("stranger"), makeSigner());
    const error = await expectRefusal("signature-rejected", 1, () =>
      publishVersion(registry.as(registry.publisher), upload),
    );
    expect(error.extensions).toMatchObject({ refusal: "key-unknown", check: "signature" });
    const entry = await db().refusalEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(entry).toMatchObject({ kind: "publish", namespace: "com.acme", subject: "com.acme/stranger@1.0.0" });
    expect(error.extensions.refusalSeq).toBe(Number(entry.seq));
    expect(JSON.parse(Buffer.from(entry.body).toString()).details).toMatchObject({ refusal: "key-unknown" });
  });

  it("one changed byte of the manifest", async () => {
    const upload = await registry.sign(manifestOf("changed"));
    const manifestBytes = Buffer.from(upload.manifestBytes.toString().replace("Forecasts", "forecasts"));
    await expectRefusal("signature-rejected", 1, () =>
      publishVersion(registry.as(registry.publisher), { ...upload, manifestBytes }),
    );
  });

  it("other bytes for a version that exists", async () => {
    await publish(registry.publisher, manifestOf("fixed"))();
    const changed = { ...manifestOf("fixed"), description: "Something else" };
    await expectRefusal("version-exists", 1, publish(registry.publisher, changed));
  });

  it("a name that differs in case only, or in separators unless an administrator uploads it", async () => {
    await publish(registry.publisher, manifestOf("look-alike"))();
    await expectRefusal("name-taken", 1, publish(registry.publisher, manifestOf("Look-Alike")));
    await expectRefusal("name-taken", 1, publish(registry.publisher, manifestOf("look_alike")));
    const admin = { ...registry.admin, owns: ["com.acme"] };
    await expectRefusal("name-taken", 1, publish(admin, manifestOf("LOOK-alike")));
    expect(await publish(admin, manifestOf("look.alike"))()).toMatchObject({ created: true });
  });

  it("a namespace in another spelling, though nobody has the name", async () => {
    await expectRefusal("name-taken", 1, publish(registry.publisher, { ...manifestOf("x"), name: "Com.Acme/spelled" }));
  });

  it("unpinned packages where the namespace refuses them", async () => {
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { unpinned: "refuse" } });
    const { packages, ...rest } = manifestOf("loose");
    const loose = {
      ...rest,
      packages: [{ registryType: "oci", identifier: "ghcr.io/acme/x:latest", transport: { type: "stdio" } }],
    };
    const error = await expectRefusal("unpinned-refused", 1, publish(registry.publisher, loose));
    expect(error.fields[0]?.pointer).toBe("/packages/0");
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { unpinned: "allow" } });
    expect(packages.length).toBe(2);
  });

  it("more pending versions than the namespace takes", async () => {
    const pending = await db().version.count({ where: { state: "pending" } });
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { maxPending: pending } });
    await expectRefusal("pending-limit", 1, publish(registry.publisher, manifestOf("too-many")));
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { maxPending: 1000 } });
  });
});

describe("races", () => {
  it("two uploads of one version: one is created, the other sees it", async () => {
    const upload = await registry.sign(manifestOf("race"));
    const views = await Promise.all([1, 2].map(() => publishVersion(registry.as(registry.publisher), upload)));
    expect(views.map((view) => view.created).sort()).toEqual([false, true]);
    expect(await db().version.count({ where: { server: { name: "com.acme/race" } } })).toBe(1);
  });

  it("two uploads of one version with other bytes: one is created, one refused", async () => {
    const uploads = await Promise.all(
      ["one", "two"].map((description) => registry.sign({ ...manifestOf("clash"), description })),
    );
    const results = await Promise.allSettled(
      uploads.map((upload) => publishVersion(registry.as(registry.publisher), upload)),
    );
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "version-exists" });
    expect(await db().version.count({ where: { server: { name: "com.acme/clash" } } })).toBe(1);
  });

  it("refuses a third verification by one caller at once, and takes it later", async () => {
    const uploads = await Promise.all(["a", "b", "c"].map((name) => registry.sign(manifestOf(`busy-${name}`))));
    const results = await Promise.allSettled(
      uploads.map((upload) => publishVersion(registry.as(registry.publisher), upload)),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map((result) => result.reason.code)).toEqual(["verification-busy"]);
    const third = uploads[2];
    if (!third) throw new Error("no third upload");
    expect(await publishVersion(registry.as(registry.publisher), third)).toMatchObject({ created: true });
  });
});
