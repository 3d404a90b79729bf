import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("administering people", () => {
  it("leaves one administrator, whoever removes whom at once", async () => {
    await db().roleGrant.deleteMany({ where: { role: "admin" } });
    const [one, two] = [await stage.admin(), await stage.admin()];
    const outcomes = await Promise.all([
      codeOf(access.deactivatePerson(stage.at(one), { id: two.personId })),
      codeOf(access.updateGrants(stage.at(two), { id: one.personId, grants: [] })),
    ]);
    expect(outcomes.sort()).toEqual(["allowed", "last-admin"]);
    expect(await access.hasAdmin()).toBe(true);
  });

  it("changes grants from the next request on", async () => {
    const { email, personId } = await stage.join();
    const actor = await stage.signIn(email);
    const view = await access.updateGrants(stage.at(await stage.admin()), {
      id: personId,
      grants: [{ role: "auditor", namespace: "*" }],
    });
    expect(view.grants).toEqual([{ role: "auditor", namespace: "*" }]);
    const now = await access.actorFromSession({ id: actor.sessionId }, stage.clock.now());
    expect(now && access.isAuditor(now)).toBe(true);
  });

  it("shuts a deactivated person out of sessions and tokens, robots they made too", async () => {
    const { email, personId } = await stage.join([{ role: "admin", namespace: "*" }]);
    const actor = await stage.signIn(email);
    const own = await access.createToken(stage.at(actor), {
      label: "own",
      scopes: ["read"],
      namespaces: ["*"],
      expiresInDays: 1,
    });
    const robot = await access.createToken(stage.at(actor), {
      label: "robot",
      robot: true,
      scopes: ["read"],
      namespaces: ["*"],
      expiresInDays: 1,
    });
    await access.deactivatePerson(stage.at(await stage.admin()), { id: personId });
    expect(await access.actorFromSession({ id: actor.sessionId }, stage.clock.now())).toBeNull();
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), own.secret))).toBe("unauthenticated");
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), robot.secret))).toBe("unauthenticated");
    await access.reactivatePerson(stage.at(await stage.admin()), { id: personId });
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), own.secret))).toBe("unauthenticated");
    await stage.signIn(email);
  });

  it("is for admins alone and tells others nothing", async () => {
    const member = await createPerson({ grants: [["reviewer", "*"]] }, stage.clock.now());
    const id = member.personId;
    for (const call of [
      () => access.listPeople(stage.at(member)),
      () => access.updateGrants(stage.at(member), { id, grants: [{ role: "admin", namespace: "*" }] }),
      () => access.deactivatePerson(stage.at(member), { id: crypto.randomUUID() }),
      () => access.reactivatePerson(stage.at(member), { id }),
      () => access.clearPersonsTotp(stage.at(member), { id, reason: "lost" }),
      () => access.revokeInvitation(stage.at(member), { id }),
      () => access.endAllSessions(stage.at(member), { email: null }),
      () => access.resetAdmin(stage.at(member), { email: member.email }),
    ]) {
      expect(await refusal(call)).toBe("forbidden");
    }
  });
});
