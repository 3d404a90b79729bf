import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody, password, tokenOf } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("invitations", () => {
  it("are made by fresh admins only", async () => {
    const input = { email: "x@example.com", name: "X", grants: [] };
    const member = await createPerson({}, stage.clock.now());
    expect(await refusal(() => access.invitePerson(stage.at(nobody), input))).toBe("unauthenticated");
    expect(await refusal(() => access.invitePerson(stage.at(member), input))).toBe("forbidden");
    const boss = await stage.admin();
    stage.clock.advance(access.freshSignInMs);
    expect(await refusal(() => access.invitePerson(stage.at(boss), input))).toBe("reauthentication-required");
  });

  it("refuse unknown namespaces, global reviewers of nothing and admins of one namespace", async () => {
    const boss = await stage.admin();
    const invite = (grants: unknown) =>
      access.invitePerson(stage.at(boss), { email: "x@example.com", name: "X", grants });
    expect(await refusal(() => invite([{ role: "reviewer", namespace: "com.nowhere" }]))).toBe("invalid-input");
    expect(await refusal(() => invite([{ role: "admin", namespace: "com.acme" }]))).toBe("invalid-input");
    expect(await refusal(() => invite([{ role: "root", namespace: "*" }]))).toBe("invalid-input");
  });

  it.each(["a\u202eb@example.com", "a b@example.com", "аnn@example.com", "x@", "@example.com"])(
    "refuse the address %j",
    async (email) => {
      const boss = await stage.admin();
      expect(await refusal(() => access.invitePerson(stage.at(boss), { email, name: "X", grants: [] }))).toBe(
        "invalid-input",
      );
    },
  );

  it("are used once, even by two at once", async () => {
    const link = await access.invitePerson(stage.at(await stage.admin()), {
      email: "twice@example.com",
      name: "T",
      grants: [],
    });
    const accept = () => access.acceptInvitation(stage.at(nobody), { token: tokenOf(link), password });
    const outcomes = await Promise.all([codeOf(accept()), codeOf(accept())]);
    expect(outcomes.sort()).toEqual(["allowed", "link-expired"]);
    expect(await db().person.count({ where: { emailKey: "twice@example.com" } })).toBe(1);
  });

  it("end with a newer one, by revocation, with time, and with the admin who made them", async () => {
    const boss = await stage.admin();
    const invite = (email: string) => access.invitePerson(stage.at(boss), { email, name: "X", grants: [] });
    const accept = (link: { url: string }) => () =>
      access.acceptInvitation(stage.at(nobody), { token: tokenOf(link), password });
    const older = await invite("newer@example.com");
    await invite("newer@example.com");
    expect(await refusal(accept(older))).toBe("link-expired");
    const revoked = await invite("revoked@example.com");
    const { invitations } = await access.listPeople(stage.at(boss));
    const { id } = invitations.find((item) => item.email === "revoked@example.com") ?? { id: "" };
    await access.revokeInvitation(stage.at(boss), { id });
    expect(await refusal(accept(revoked))).toBe("link-expired");
    const orphan = await invite("orphan@example.com");
    await access.deactivatePerson(stage.at(await stage.admin()), { id: boss.personId });
    expect(await refusal(accept(orphan))).toBe("link-expired");
    const former = await stage.admin();
    const left = await access.invitePerson(stage.at(former), { email: "left@example.com", name: "L", grants: [] });
    await access.updateGrants(stage.at(await stage.admin()), { id: former.personId, grants: [] });
    expect(await refusal(accept(left))).toBe("link-expired");
    const late = await access.invitePerson(stage.at(await stage.admin()), {
      email: "late@example.com",
      name: "L",
      grants: [],
    });
    stage.clock.advance(72 * 3_600_000);
    expect(await refusal(accept(late))).toBe("link-expired");
  });
});
