import { generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  deactivatePerson,
  freshSignInMs,
  reactivatePerson,
  requestReset,
  resetPassword,
  updateGrants,
} from "#lib/access/index.ts";
import type { Actor, PersonActor, Role } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { createNamespace, getNamespace, removeOwner, updateNamespace } from "#lib/namespaces/index.ts";
import { applyDueChanges, cancelChange, confirmChange, listChanges } from "#lib/policy-changes/index.ts";
import { addManagedKey, addRule, loadPublishPolicy, retireRule, revokeManagedKey } from "#lib/publishers/index.ts";
import { createClock, createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { plantFirstApproval } from "#lib/testing/first-approval.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

let database: TestDatabase;
let clock = createClock();
let ann: PersonActor;
let bob: PersonActor;
let name = "";
let count = 0;
const worker = { kind: "system", name: "worker" } as const;

const at = (actor: Actor) => createCtx(actor, { now: clock.now });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

// Two admins and a namespace for each test; earlier admins have left, for who else is one decides what waits for whom.
beforeEach(async () => {
  clock = createClock();
  await db().person.updateMany({ data: { state: "deactivated" } });
  name = `com.acme${++count}`;
  ann = await createPerson({ name: "Ann", grants: [["admin", "*"]] }, clock.now());
  bob = await createPerson({ name: "Bob", grants: [["admin", "*"]] }, clock.now());
  await createNamespace(at(ann), { name, requiredApprovals: 2, lifetimeDays: 90 });
});

async function countersignSomething(): Promise<void> {
  const { id } = await db().namespace.findUniqueOrThrow({ where: { nameKey: name } });
  await plantFirstApproval(id, clock.now());
}

const required = async () => (await loadPublishPolicy(null, name, { lock: false })).namespace.requiredApprovals;

async function loosen(actor: PersonActor = ann): Promise<string> {
  const outcome = await updateNamespace(at(actor), { name, requiredApprovals: 1 });
  if (outcome.applied) throw new Error("applied at once");
  return outcome.change.id;
}

function newPem(): string {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

async function addKeyRule(actor: PersonActor) {
  const key = await addManagedKey(at(actor), { namespace: name, label: "release", pem: newPem() });
  const outcome = await addRule(at(actor), { namespace: name, kind: "key", label: "release", managedKeyId: key.id });
  const rule = await db().publisherRule.findFirstOrThrow({ where: { managedKeyId: key.id } });
  return { key, outcome, ruleId: rule.id };
}

describe("before anything was countersigned", () => {
  it("a loosening applies at once", async () => {
    expect(await updateNamespace(at(ann), { name, requiredApprovals: 1 })).toEqual({ applied: true });
    expect(await required()).toBe(1);
    expect((await addKeyRule(ann)).outcome).toEqual({ applied: true });
    expect((await loadPublishPolicy(null, name, { lock: false })).rules).toHaveLength(1);
  });
});

describe("a loosening", () => {
  beforeEach(countersignSomething);

  it("waits for a second admin, and changes nothing until then", async () => {
    const id = await loosen();
    expect(await required()).toBe(2);
    expect((await getNamespace(at(bob), { name })).changes).toMatchObject([
      { id, summary: "required approvals 2 → 1", proposedBy: "Ann", effectiveAt: null, mayConfirm: true },
    ]);
    expect((await listChanges(at(ann), { state: "waiting" }))[0]?.mayConfirm).toBe(false);
    await confirmChange(at(bob), { id });
    expect(await required()).toBe(1);
  });

  it("is never confirmed by its proposer, by others than admins, or by an old sign-in", async () => {
    const id = await loosen();
    const owner = await createPerson({ owns: [name], grants: [["reviewer", "*"]] }, clock.now());
    expect(await refusal(() => confirmChange(at(ann), { id }))).toBe("forbidden");
    expect(await refusal(() => confirmChange(at(owner), { id }))).toBe("forbidden");
    clock.advance(freshSignInMs);
    expect(await refusal(() => confirmChange(at(bob), { id }))).toBe("reauthentication-required");
    expect(await required()).toBe(2);
  });

  it("asks for a fresh sign-in where tightening does not", async () => {
    clock.advance(freshSignInMs);
    expect(await refusal(() => updateNamespace(at(ann), { name, lifetimeDays: 91 }))).toBe("reauthentication-required");
    expect(await updateNamespace(at(ann), { name, lifetimeDays: 89 })).toEqual({ applied: true });
  });

  it("is decided once, whoever decides at once", async () => {
    const id = await loosen();
    const outcomes = await Promise.all([codeOf(confirmChange(at(bob), { id })), codeOf(cancelChange(at(ann), { id }))]);
    expect(outcomes.sort()).toEqual(["allowed", "state-conflict"]);
    const decisions = await db().ledgerEntry.count({
      where: { namespace: name, action: { in: ["policy-change.confirm", "policy-change.cancel"] } },
    });
    expect(decisions).toBe(1);
  });

  it("is void once somebody tightens the same setting", async () => {
    const id = await loosen();
    await updateNamespace(at(bob), { name, requiredApprovals: 3 });
    expect(await refusal(() => confirmChange(at(bob), { id }))).toBe("state-conflict");
    expect(await required()).toBe(3);
  });

  it("cancelled never applies, and strangers cannot tell that it exists", async () => {
    const id = await loosen();
    const stranger = await createPerson({}, clock.now());
    expect(await refusal(() => cancelChange(at(stranger), { id }))).toBe("not-found");
    expect(await refusal(() => cancelChange(at(stranger), { id: crypto.randomUUID() }))).toBe("not-found");
    expect(await listChanges(at(stranger))).toEqual([]);
    await cancelChange(at(ann), { id });
    expect(await refusal(() => confirmChange(at(bob), { id }))).toBe("state-conflict");
    expect(await required()).toBe(2);
  });

  it("proposed by an owner waits for any admin", async () => {
    const owner = await createPerson({ owns: [name] }, clock.now());
    await deactivatePerson(at(ann), { id: bob.personId });
    const id = await loosen(owner);
    await confirmChange(at(ann), { id });
    expect(await required()).toBe(1);
  });
});

describe("an administrator alone, with accounts of their own making,", () => {
  const day = 24 * 3_600_000;
  const plain = { grants: [["admin", "*"]] as [Role, string][] };
  /** Ann acts at once; everybody made in between is as new as can be. */
  const fresh = (person: PersonActor): PersonActor => ({ ...person, authenticatedAt: clock.now() });

  beforeEach(async () => {
    await countersignSomething();
    clock.advance(day);
    ann = fresh(ann);
    bob = fresh(bob);
  });

  it("has nobody to confirm by making a second administrator, until the delay is over", async () => {
    const puppet = await createPerson(plain, clock.now());
    const id = await loosen();
    clock.advance(day - 1);
    expect(await refusal(() => confirmChange(at(fresh(puppet)), { id }))).toBe("forbidden");
    expect(await required()).toBe(2);
    clock.advance(1);
    await confirmChange(at(fresh(puppet)), { id });
    expect(await required()).toBe(1);
  });

  it("is told from when somebody new may confirm", async () => {
    const puppet = await createPerson(plain, clock.now());
    const from = new Date(clock.now().getTime() + day).toISOString();
    const id = await loosen();
    const reason = "You became an administrator only recently.";
    const [seen] = await listChanges(at(puppet), { state: "waiting" });
    expect(seen).toMatchObject({ id, mayConfirm: false, confirmFrom: from, confirmObstacle: reason });
    const refused = await confirmChange(at(puppet), { id }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "forbidden", extensions: { confirmFrom: from } });
    expect(refused).toMatchObject({ detail: `${reason} You may confirm this from ${from}.` });
    for (const actor of [ann, bob]) {
      const [change] = await listChanges(at(actor), { state: "waiting" });
      expect(change).toMatchObject({ mayConfirm: actor === bob, confirmFrom: null, confirmObstacle: null });
    }
  });

  it("gains no time by making a second administrator while waiting alone", async () => {
    await deactivatePerson(at(ann), { id: bob.personId });
    const id = await loosen();
    const puppet = await createPerson(plain, clock.now());
    clock.advance(day - 1);
    expect(await refusal(() => confirmChange(at(fresh(puppet)), { id }))).toBe("forbidden");
    expect(await applyDueChanges(at(worker))).toBe(0);
    expect(await required()).toBe(2);
    clock.advance(1);
    expect(await applyDueChanges(at(worker))).toBe(1);
  });

  it("finds nobody in an administrator taken back into office or reactivated", async () => {
    const admin = { role: "admin", namespace: "*" };
    const retake = async () => {
      await updateGrants(at(ann), { id: bob.personId, grants: [] });
      await updateGrants(at(ann), { id: bob.personId, grants: [admin] });
    };
    const reactivate = async () => {
      await deactivatePerson(at(ann), { id: bob.personId });
      await reactivatePerson(at(ann), { id: bob.personId });
    };
    for (const comeBack of [retake, reactivate]) {
      await comeBack();
      const id = await loosen();
      expect(await refusal(() => confirmChange(at(bob), { id }))).toBe("forbidden");
      clock.advance(day);
      [ann, bob] = [fresh(ann), fresh(bob)];
      await cancelChange(at(ann), { id });
    }
    expect(await required()).toBe(2);
  });

  it("still has the other one after changes to their other roles", async () => {
    const auditor = { role: "auditor", namespace: "*" };
    await updateGrants(at(ann), { id: bob.personId, grants: [auditor, { role: "admin", namespace: "*" }] });
    await confirmChange(at(bob), { id: await loosen() });
    expect(await required()).toBe(1);
  });

  it("confirms nothing that a new administrator or owner of their making proposes", async () => {
    const puppets = [await createPerson(plain, clock.now()), await createPerson({ owns: [name] }, clock.now())];
    for (const puppet of puppets) {
      const id = await loosen(puppet);
      expect(await refusal(() => confirmChange(at(ann), { id }))).toBe("forbidden");
    }
    expect(await required()).toBe(2);
  });

  it("confirms nothing whose proposer was an owner only while proposing", async () => {
    const owner = await createPerson({ owns: [name] }, clock.now());
    const id = await loosen(owner);
    await removeOwner(at(ann), { name, personId: owner.personId });
    clock.advance(day);
    expect(await refusal(() => confirmChange(at(fresh(ann)), { id }))).toBe("forbidden");
  });

  it.each(["confirmer", "proposer"])("cannot use the account of a %s whose password they reset", async (role) => {
    await takeOver(bob);
    const [proposer, confirmer] = role === "confirmer" ? [ann, bob] : [bob, ann];
    const id = await loosen(proposer);
    expect(await refusal(() => confirmChange(at(confirmer), { id }))).toBe("forbidden");
    expect(await required()).toBe(2);
  });

  async function takeOver(person: PersonActor): Promise<void> {
    const { url } = await requestReset(at(ann), { personId: person.personId });
    const token = new URL(url).hash.replace("#token=", "");
    await resetPassword(at({ kind: "anonymous" }), { token, password: "four calm grey herons" });
  }
});

describe("where only one admin exists", () => {
  beforeEach(async () => {
    await countersignSomething();
    await deactivatePerson(at(ann), { id: bob.personId });
  });

  it("a loosening applies by itself after its delay, once, and not before", async () => {
    const id = await loosen();
    clock.advance(24 * 3_600_000 - 1);
    expect(await applyDueChanges(at(worker))).toBe(0);
    expect(await required()).toBe(2);
    clock.advance(1);
    const both = await Promise.all([applyDueChanges(at(worker)), applyDueChanges(at(worker))]);
    expect(both.sort()).toEqual([0, 1]);
    expect(await required()).toBe(1);
    expect(await db().policyChange.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "applied" });
  });

  it("can be stopped within it", async () => {
    await cancelChange(at(ann), { id: await loosen() });
    clock.advance(48 * 3_600_000);
    expect(await applyDueChanges(at(worker))).toBe(0);
    expect(await required()).toBe(2);
  });

  it("is cancelled when its proposer was deactivated meanwhile", async () => {
    await loosen();
    await db().person.update({ where: { id: ann.personId }, data: { state: "deactivated" } });
    clock.advance(24 * 3_600_000);
    expect(await applyDueChanges(at(worker))).toBe(1);
    expect(await required()).toBe(2);
  });

  it("waits for no row that somebody wrote into the database", async () => {
    const id = await loosen();
    clock.advance(24 * 3_600_000);
    const change = await db().policyChange.findUniqueOrThrow({ where: { id } });
    const early = new Date(0);
    const plant = (row: object) =>
      db().policyChange.create({
        data: { ...change, payload: {}, id: randomUUID(), effectiveAt: early, ...row },
      });
    const planted = [
      await plant({ kind: "x".repeat(100_000) }),
      await plant({ payload: { requiredApprovals: 0 } }),
      await plant({ kind: "activate-rule", payload: { ruleId: "x" } }),
    ];
    // Valid, and too large for the ledger.
    const large = await plant({ summary: "x".repeat(1_100_000) });
    await expect(applyDueChanges(at(worker))).rejects.toThrow(/LedgerEntry_size/);
    expect(await required()).toBe(1);
    const stateOf = async (row: { id: string }) =>
      (await db().policyChange.findUniqueOrThrow({ where: { id: row.id } })).state;
    expect(await Promise.all(planted.map(stateOf))).toEqual(["cancelled", "cancelled", "cancelled"]);
    expect(await stateOf(large)).toBe("waiting");
    const said = await db().ledgerEntry.findMany({ where: { action: "policy-change.cancel", subject: name } });
    expect(said).toHaveLength(3);
    await db().policyChange.delete({ where: { id: large.id } });
  });

  it("is for the worker alone to apply", async () => {
    expect(await refusal(() => applyDueChanges(at(ann)))).toBe("forbidden");
  });
});

describe("a new rule", () => {
  beforeEach(countersignSomething);
  const rules = async () => (await loadPublishPolicy(null, name, { lock: false })).rules.map((rule) => rule.id);

  it("lets nobody in until confirmed", async () => {
    const { outcome, ruleId } = await addKeyRule(ann);
    expect(await rules()).toEqual([]);
    if (outcome.applied) throw new Error("applied at once");
    await confirmChange(at(bob), { id: outcome.change.id });
    expect(await rules()).toEqual([ruleId]);
  });

  it("is not confirmed when its key was revoked or it was retired meanwhile", async () => {
    const revoked = await addKeyRule(ann);
    await revokeManagedKey(at(ann), { id: revoked.key.id, reason: "lost" });
    const retired = await addKeyRule(ann);
    await retireRule(at(ann), { id: retired.ruleId });
    for (const { outcome } of [revoked, retired]) {
      if (outcome.applied) throw new Error("applied at once");
      expect(await refusal(() => confirmChange(at(bob), { id: outcome.change.id }))).toBe("state-conflict");
    }
    expect(await rules()).toEqual([]);
  });

  it("is retired with the change that is cancelled", async () => {
    const { outcome, ruleId } = await addKeyRule(ann);
    if (outcome.applied) throw new Error("applied at once");
    await cancelChange(at(ann), { id: outcome.change.id });
    expect(await db().publisherRule.findUniqueOrThrow({ where: { id: ruleId } })).toMatchObject({ state: "retired" });
  });
});
