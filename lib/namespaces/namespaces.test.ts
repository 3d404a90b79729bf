import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshSignInMs } from "#lib/access/index.ts";
import type { Actor, PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import {
  addOwner,
  createNamespace,
  getNamespace,
  listNamespaces,
  removeOwner,
  updateNamespace,
} from "#lib/namespaces/index.ts";
import { createClock, createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

let database: TestDatabase;
let admin: PersonActor;
const clock = createClock();

const at = (actor: Actor, now = clock.now) => createCtx(actor, { now });

beforeAll(async () => {
  database = await createTestDatabase();
  admin = await createPerson({ grants: [["admin", "*"]] });
  await createNamespace(at(admin), { name: "com.acme" });
  await createNamespace(at(admin), { name: "com.other" });
});
afterAll(() => database.drop());

describe("creating", () => {
  it("gives the documented defaults and lets nobody publish", async () => {
    const view = await createNamespace(at(admin), { name: "io.github.Acme" });
    expect(view).toMatchObject({ requiredApprovals: 1, lifetimeDays: 90, unpinned: "allow", maxPending: 20 });
    expect(view).toMatchObject({ rules: [], keys: [], owners: [], activeRules: 0 });
  });

  it("refuses a name taken in another case, also by two at once", async () => {
    expect(await refusal(() => createNamespace(at(admin), { name: "COM.acme" }))).toBe("name-taken");
    const make = (name: string) => codeOf(createNamespace(at(admin), { name }));
    expect((await Promise.all([make("org.race"), make("org.RACE")])).sort()).toEqual(["allowed", "name-taken"]);
  });

  it.each([
    "acme",
    "com.",
    ".com",
    "com..acme",
    "com.acme/x",
    "com.-acme",
    "com.acmé",
    "com.ac me",
    `${"a.".repeat(90)}a`,
  ])("refuses the name %j", async (name) => {
    expect(await refusal(() => createNamespace(at(admin), { name }))).toBe("invalid-input");
  });

  it.each([
    { requiredApprovals: 0 },
    { requiredApprovals: 11 },
    { lifetimeDays: 0 },
    { lifetimeDays: 731 },
    { maxPending: 0 },
    { unpinned: "maybe" },
    { ownerIds: [crypto.randomUUID()] },
    { surprise: true },
  ])("refuses %j", async (policy) => {
    expect(await refusal(() => createNamespace(at(admin), { name: "com.fresh", ...policy }))).toBe("invalid-input");
  });

  it("is for fresh admins", async () => {
    const owner = await createPerson({ owns: ["com.acme"] });
    const later = () => new Date(clock.now().getTime() + freshSignInMs);
    expect(await refusal(() => createNamespace(at(owner), { name: "com.fresh" }))).toBe("forbidden");
    expect(await refusal(() => createNamespace(at({ kind: "anonymous" }), { name: "com.fresh" }))).toBe(
      "unauthenticated",
    );
    expect(await refusal(() => createNamespace(at(admin, later), { name: "com.fresh" }))).toBe(
      "reauthentication-required",
    );
  });
});

describe("seeing", () => {
  it("is for those who have something to do with a namespace; for others it does not exist", async () => {
    const stranger = await createPerson({});
    const reviewer = await createPerson({ grants: [["reviewer", "com.acme"]] });
    const auditor = await createPerson({ grants: [["auditor", "*"]] });
    expect((await listNamespaces(at(reviewer))).map(({ name }) => name)).toEqual(["com.acme"]);
    expect(await listNamespaces(at(stranger))).toEqual([]);
    expect((await listNamespaces(at(auditor))).length).toBeGreaterThan(1);
    expect((await getNamespace(at(reviewer), { name: "COM.ACME" })).name).toBe("com.acme");
    for (const name of ["com.other", "com.nowhere"]) {
      const message = await getNamespace(at(reviewer), { name }).catch((error: unknown) => String(error));
      expect(message).toBe("DomainError: not-found: There is no such namespace.");
    }
  });
});

describe("owners", () => {
  it("are made by admins, may tighten, and lose it at once", async () => {
    const person = await createPerson({});
    const owner = { ...person, owns: ["com.acme"] };
    expect(await refusal(() => addOwner(at(owner), { name: "com.acme", personId: person.personId }))).toBe("forbidden");
    await addOwner(at(admin), { name: "com.acme", personId: person.personId });
    expect(await refusal(() => addOwner(at(admin), { name: "com.acme", personId: person.personId }))).toBe("conflict");
    await updateNamespace(at(owner), { name: "com.acme", maxPending: 5 });
    await removeOwner(at(admin), { name: "com.acme", personId: person.personId });
    expect(await db().namespaceOwner.count({ where: { personId: person.personId } })).toBe(0);
    expect(await refusal(() => removeOwner(at(admin), { name: "com.acme", personId: person.personId }))).toBe(
      "not-found",
    );
  });

  it("must be active people of an existing namespace", async () => {
    const gone = await createPerson({ state: "deactivated" });
    expect(await refusal(() => addOwner(at(admin), { name: "com.acme", personId: gone.personId }))).toBe("not-found");
    expect(await refusal(() => addOwner(at(admin), { name: "com.no", personId: admin.personId }))).toBe("not-found");
  });
});

describe("updating", () => {
  it("by others is refused, the same whether the namespace exists or not", async () => {
    const stranger = await createPerson({ owns: ["com.other"] });
    const update = (name: string) => () => updateNamespace(at(stranger), { name, requiredApprovals: 5 });
    expect(await refusal(update("com.acme"))).toBe("forbidden");
    expect(await refusal(update("com.nowhere"))).toBe("forbidden");
    expect(await refusal(() => updateNamespace(at(admin), { name: "com.nowhere", maxPending: 5 }))).toBe("not-found");
    expect(await refusal(() => updateNamespace(at(admin), { name: "com.acme" }))).toBe("invalid-input");
  });
});
