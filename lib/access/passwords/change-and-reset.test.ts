import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import { AccessStage, nobody, password, tokenOf } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("passwords", () => {
  it("change against the present one and end the other sessions", async () => {
    const { email } = await stage.join();
    const [here, there] = [await stage.signIn(email), await stage.signIn(email)];
    const next = "seven loud red robins";
    const change = (current: string) => access.changePassword(stage.at(here), { current, password: next });
    expect(await refusal(() => change("wrong wrong wrong"))).toBe("sign-in-failed");
    expect(await change(password)).toEqual({ endedSessions: 1 });
    expect(await access.actorFromSession({ id: there.sessionId }, stage.clock.now())).toBeNull();
    expect(await access.actorFromSession({ id: here.sessionId }, stage.clock.now())).not.toBeNull();
    expect(await codeOf(access.signIn(stage.at(nobody), { email, password }, "browser"))).toBe("sign-in-failed");
  });

  it("are reset by a link from an admin, once, within the hour", async () => {
    const { email, personId } = await stage.join();
    const member = await createPerson({}, stage.clock.now());
    const session = await stage.signIn(email);
    expect(await refusal(() => access.requestReset(stage.at(member), { personId }))).toBe("forbidden");
    const link = await access.requestReset(stage.at(await stage.admin()), { personId });
    const reset = (next: string) => access.resetPassword(stage.at(nobody), { token: tokenOf(link), password: next });
    expect(await refusal(() => reset("short"))).toBe("invalid-input");
    await reset("seven loud red robins");
    expect(await access.actorFromSession({ id: session.sessionId }, stage.clock.now())).toBeNull();
    expect(await refusal(() => reset("nine quiet blue jays"))).toBe("link-expired");
    const late = await access.requestReset(stage.at(await stage.admin()), { personId });
    stage.clock.advance(3_600_000);
    expect(
      await refusal(() =>
        access.resetPassword(stage.at(nobody), { token: tokenOf(late), password: "nine quiet blue jays" }),
      ),
    ).toBe("link-expired");
  });
});
