import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import { AccessStage, host, nobody, tokenOf } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("the host", () => {
  it("resets an administrator who is locked out", async () => {
    const { email, personId } = await stage.join();
    const session = await stage.signIn(email);
    await access.deactivatePerson(stage.at(await stage.admin()), { id: personId });
    const link = await access.resetAdmin(stage.at(host), { email });
    await access.resetPassword(stage.at(nobody), { token: tokenOf(link), password: "seven loud red robins" });
    const { sessionId } = await access.signIn(
      stage.at(nobody),
      { email, password: "seven loud red robins" },
      "browser",
    );
    const actor = await access.actorFromSession({ id: sessionId }, stage.clock.now());
    expect(actor && access.isAdmin(actor)).toBe(true);
    expect(await access.actorFromSession({ id: session.sessionId }, stage.clock.now())).toBeNull();
    expect(await refusal(() => access.resetAdmin(stage.at(host), { email: "none@example.com" }))).toBe("not-found");
  });

  it("ends everybody's sessions and a token by its beginning", async () => {
    const person = await createPerson({}, stage.clock.now());
    const input = { label: "x", scopes: ["read"], namespaces: ["*"], expiresInDays: 1 };
    const { secret, prefix } = await access.createToken(stage.at(person), input);
    await access.endAllSessions(stage.at(host), { email: null });
    expect(await access.actorFromSession({ id: person.sessionId }, stage.clock.now())).toBeNull();
    await access.revokeTokenByHost(stage.at(host), { token: prefix });
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), secret))).toBe("unauthenticated");
    expect(await refusal(() => access.revokeTokenByHost(stage.at(host), { token: "cst_%" }))).toBe("not-found");
  });
});
