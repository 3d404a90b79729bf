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

describe("API tokens", () => {
  const day = { expiresInDays: 1 };

  it("give their secret once and are found by it until they end", async () => {
    const actor = await createPerson({ grants: [["auditor", "*"]] }, stage.clock.now());
    const created = await access.createToken(stage.at(actor), {
      label: "ci",
      scopes: ["audit"],
      namespaces: ["*"],
      ...day,
    });
    const row = await db().token.findUniqueOrThrow({ where: { id: created.id } });
    expect(JSON.stringify(row)).not.toContain(created.secret);
    expect(JSON.stringify(await access.listTokens(stage.at(actor)))).not.toContain(created.secret);
    expect(await access.actorFromBearer(stage.at(nobody), created.secret)).toMatchObject({
      kind: "token",
      label: "ci",
    });
    stage.clock.advance(86_400_000);
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), created.secret))).toBe("unauthenticated");
  });

  it("refuse scopes and namespaces their maker does not have, the same for missing and forbidden", async () => {
    const actor = await createPerson({ grants: [["reviewer", "*"]] }, stage.clock.now());
    const make = (input: object) => () => access.createToken(stage.at(actor), { label: "x", ...day, ...input });
    expect(await refusal(make({ scopes: ["audit"], namespaces: ["*"] }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["publish"], namespaces: ["com.acme"] }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["read"], namespaces: [] }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["read"], namespaces: ["*"], expiresInDays: 366 }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["read"], namespaces: ["*"], robot: true }))).toBe("forbidden");
    stage.clock.advance(access.freshSignInMs);
    expect(await refusal(make({ scopes: ["read"], namespaces: ["*"] }))).toBe("reauthentication-required");
  });

  it("never read a ledger of all namespaces while they are limited to some", async () => {
    const actor = await createPerson({ grants: [["auditor", "*"]] }, stage.clock.now());
    const request = { label: "x", scopes: ["audit"], namespaces: ["com.acme"], ...day };
    const error = await access.createToken(stage.at(actor), request).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid-input" });
    expect(JSON.stringify(error)).toContain("every namespace");
    expect(await db().token.count({ where: { createdById: actor.personId } })).toBe(0);
  });

  it("end by their owner or an admin, and for others do not exist", async () => {
    const [owner, other, boss] = [
      await createPerson({}, stage.clock.now()),
      await createPerson({}, stage.clock.now()),
      await stage.admin(),
    ];
    const make = () => access.createToken(stage.at(owner), { label: "x", scopes: ["read"], namespaces: ["*"], ...day });
    const [one, two] = [await make(), await make()];
    expect(await refusal(() => access.revokeToken(stage.at(other), { id: one.id }))).toBe("not-found");
    await access.revokeToken(stage.at(owner), { id: one.id });
    await access.revokeToken(stage.at(boss), { id: two.id });
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), one.secret))).toBe("unauthenticated");
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), two.secret))).toBe("unauthenticated");
  });
});
