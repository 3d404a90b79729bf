import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Ctx, Grant, PersonActor, TokenActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { ensureRegistryKey } from "#lib/registry-key/index.ts";
import { type ManagedKeySigner, managedKeySigner, signPublishStatement } from "#lib/signing/index.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { TestClock } from "#lib/testing/test-clock.ts";

export const testRegistryId = "https://registry.example.com";

/** Everything the life of a version needs, on a database of its own: people, a namespace, a signing key and its rule. */
export type TestRegistry = {
  database: TestDatabase;
  clock: TestClock;
  keyDir: string;
  namespace: { id: string; name: string };
  ruleId: string;
  managedKeyId: string;
  signer: ManagedKeySigner;
  admin: PersonActor;
  publisher: PersonActor;
  reviewer: PersonActor;
  otherReviewer: PersonActor;
  auditor: PersonActor;
  /** Signed in, without any role. */
  member: PersonActor;
  system: Ctx;
  /** A call by this actor, at the clock's time. */
  as: (actor: Ctx["actor"]) => Ctx;
  /** A manifest with a publisher's bundle over exactly its bytes. */
  sign: (manifest: object) => Promise<{ manifestBytes: Buffer; bundleBytes: Buffer }>;
  close: () => Promise<void>;
};

/** Call in `beforeAll`, `close` in `afterAll`. The registry's key folder is announced by REGISTRY_KEY_DIR. */
export async function createTestRegistry(): Promise<TestRegistry> {
  const database = await createTestDatabase();
  const clock = new TestClock("2026-03-01T10:00:00.000Z");
  const keyDir = mkdtempSync(path.join(tmpdir(), "cs-keys-"));
  process.env.REGISTRY_KEY_DIR = keyDir;
  (globalThis as { countersignConfig?: unknown }).countersignConfig = undefined;
  await ensureRegistryKey({ dir: keyDir, registryId: testRegistryId, now: clock.now() });
  const namespace = await insertNamespace("com.acme");
  const signer = makeSigner();
  const managedKeyId = await insertManagedKey(namespace.id, signer);
  const ruleId = await insertKeyRule(namespace.id, managedKeyId);
  const as = (actor: Ctx["actor"]) => toCtx(actor, clock);
  return {
    database,
    clock,
    keyDir,
    namespace,
    ruleId,
    managedKeyId,
    signer,
    admin: await insertPerson("Ada Admin", [{ role: "admin", namespace: "*" }], clock),
    publisher: await insertPerson("Pat Publisher", [{ role: "publisher", namespace: "com.acme" }], clock),
    reviewer: await insertPerson("Rae Reviewer", [{ role: "reviewer", namespace: "com.acme" }], clock),
    otherReviewer: await insertPerson("Rob Reviewer", [{ role: "reviewer", namespace: "*" }], clock),
    auditor: await insertPerson("Ann Auditor", [{ role: "auditor", namespace: "*" }], clock),
    member: await insertPerson("Mia Member", [], clock),
    system: as({ kind: "system", name: "worker" }),
    as,
    sign: (manifest) => signManifest(manifest, signer),
    close: async () => {
      await database.drop();
      rmSync(keyDir, { recursive: true, force: true });
    },
  };
}

export function toCtx(actor: Ctx["actor"], clock: TestClock): Ctx {
  const now = () => clock.now();
  return {
    actor,
    requestId: randomUUID(),
    address: "192.0.2.1",
    registryId: testRegistryId,
    instanceKind: "test",
    now,
  };
}

export async function insertNamespace(name: string): Promise<{ id: string; name: string }> {
  const id = randomUUID();
  await db().namespace.create({ data: { id, name, nameKey: name.toLowerCase(), createdAt: new Date(0) } });
  return { id, name };
}

type NamedGrant = Grant & { namespace: string };

export async function insertPerson(name: string, grants: NamedGrant[], clock: TestClock): Promise<PersonActor> {
  const personId = randomUUID();
  const email = `${name.toLowerCase().replace(" ", ".")}@example.com`;
  await db().person.create({
    data: {
      id: personId,
      email,
      emailKey: email,
      name,
      createdAt: clock.now(),
      grants: { create: grants.map((grant) => ({ id: randomUUID(), ...grant, createdAt: clock.now() })) },
    },
  });
  const facts = { personId, sessionId: randomUUID(), name, email, owns: [], grants };
  return { kind: "person", ...facts, authenticatedAt: clock.now() };
}

/** A token row and its actor, created by `creator` and owned by `owner`, for the whole of one namespace. */
export async function insertToken(
  creator: PersonActor,
  owner: PersonActor | null,
  { scopes, namespace }: { scopes: TokenActor["scopes"]; namespace: string },
): Promise<TokenActor> {
  const tokenId = randomUUID();
  const label = "release";
  const ids = { ownerId: owner?.personId ?? null, createdById: creator.personId };
  const dates = { createdAt: new Date(0), expiresAt: new Date("2030-01-01T00:00:00Z") };
  const secrets = { prefix: "cst_test", tokenHash: randomUUID() };
  const namespaces = [namespace];
  await db().token.create({
    data: { id: tokenId, label, ...ids, ...dates, ...secrets, scopes: [...scopes], namespaces },
  });
  const grants = owner?.grants ?? [{ role: "publisher" as const, namespace }];
  return { kind: "token", tokenId, label, ...ids, scopes, namespaces, grants, owns: owner?.owns ?? [] };
}

export async function insertManagedKey(
  namespaceId: string,
  { hint, spkiPem, algorithm }: ManagedKeySigner,
  controllerIds: string[] = [],
): Promise<string> {
  const id = randomUUID();
  const dates = { notBefore: new Date(0), createdAt: new Date(0) };
  const facts = { label: "release key", hint, spkiPem, algorithm, controllerIds, createdById: randomUUID() };
  await db().managedKey.create({ data: { id, namespaceId, ...facts, ...dates } });
  return id;
}

export async function insertKeyRule(namespaceId: string, managedKeyId: string): Promise<string> {
  const id = randomUUID();
  const facts = { label: "release", claims: {}, createdById: randomUUID(), createdAt: new Date(0) };
  await db().publisherRule.create({
    data: { id, namespaceId, kind: "key", state: "active", managedKeyId, activatedAt: new Date(0), ...facts },
  });
  return id;
}

export function makeSigner(): ManagedKeySigner {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return managedKeySigner(privateKey);
}

export async function signManifest(manifest: object, signer: ManagedKeySigner) {
  const manifestBytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const { name, version } = manifest as { name: string; version: string };
  const statement = { manifestBytes, name, version, registryId: testRegistryId, signer };
  return { manifestBytes, bundleBytes: await signPublishStatement(statement) };
}
