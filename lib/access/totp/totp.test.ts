import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody, password } from "#lib/testing/access-stage.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("the second factor", () => {
  const codeNow = (secret: string) => new TOTP({ secret }).generate({ timestamp: stage.clock.now().getTime() });

  async function enrol(email: string): Promise<string> {
    const actor = await stage.signIn(email);
    const { secret } = await access.startTotp(stage.at(actor));
    await access.confirmTotp(stage.at(actor), { totp: codeNow(secret) });
    return secret;
  }

  it("counts only once confirmed, and is stored sealed", async () => {
    const { email, personId } = await stage.join();
    const actor = await stage.signIn(email);
    const { secret, uri } = await access.startTotp(stage.at(actor));
    expect(uri).toContain("otpauth://totp/");
    expect(await refusal(() => access.confirmTotp(stage.at(actor), { totp: "000000" }))).toBe("invalid-input");
    await stage.signIn(email);
    await access.confirmTotp(stage.at(actor), { totp: codeNow(secret) });
    const row = await db().person.findUniqueOrThrow({ where: { id: personId } });
    expect(row.totpSecret).not.toContain(secret);
    expect(await refusal(() => access.startTotp(stage.at(actor)))).toBe("state-conflict");
  });

  it("is asked for after the right password only, and a code works once", async () => {
    const { email } = await stage.join();
    const secret = await enrol(email);
    stage.clock.advance(60_000);
    const attempt = (input: object) => access.signIn(stage.at(nobody), { email, password, ...input }, "browser");
    const asked = await attempt({}).catch((error: unknown) => error);
    expect(asked).toMatchObject({ code: "sign-in-failed", extensions: { totpRequired: true } });
    const wrong = await attempt({ password: "wrong wrong wrong" }).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: "sign-in-failed", extensions: {} });
    const code = codeNow(secret);
    const outcomes = await Promise.all([codeOf(attempt({ totp: code })), codeOf(attempt({ totp: code }))]);
    expect(outcomes.sort()).toEqual(["allowed", "sign-in-failed"]);
    expect(await refusal(() => attempt({ totp: code }))).toBe("sign-in-failed");
    stage.clock.advance(30_000);
    await attempt({ totp: codeNow(secret) });
  });

  it("limits guesses by somebody who has the password, from wherever they come", async () => {
    const { email } = await stage.join();
    await enrol(email);
    const codes: string[] = [];
    for (let guess = 0; guess < 22; guess++) {
      stage.changeAddress();
      codes.push(await codeOf(access.signIn(stage.at(nobody), { email, password, totp: "000000" }, "browser")));
    }
    expect(codes.at(-1)).toBe("rate-limited");
    expect(codes).not.toContain("allowed");
  });

  it("is removed against password and code, not by the session alone", async () => {
    const { email } = await stage.join();
    const secret = await enrol(email);
    stage.clock.advance(60_000);
    const actor = await stage.signIn(email, codeNow(secret));
    expect(await refusal(() => access.disableTotp(stage.at(actor), { password, totp: "000000" }))).toBe(
      "sign-in-failed",
    );
    stage.clock.advance(60_000);
    await access.disableTotp(stage.at(actor), { password, totp: codeNow(secret) });
    await stage.signIn(email);
  });

  describe("of somebody who lost it", () => {
    const clear = (actor: PersonActor, id: string, reason = "phone lost, asked in person") =>
      access.clearPersonsTotp(stage.at(actor), { id, reason });

    it("is cleared by an admin, on the record, and every session ends", async () => {
      const { email, personId } = await stage.join();
      const session = await stage.signIn(email);
      await enrol(email);
      const admin = await stage.admin();
      expect(await clear(admin, personId)).toMatchObject({ id: personId, totp: false });
      expect(await access.actorFromSession({ id: session.sessionId }, stage.clock.now())).toBeNull();
      await stage.signIn(email);
      const { body } = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
      expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({
        action: "person.disable-totp",
        actor: { id: admin.personId },
        details: { person: personId, by: "admin", reason: "phone lost, asked in person", endedSessions: 2 },
      });
      expect(await refusal(() => clear(admin, personId))).toBe("state-conflict");
    });

    it("asks for a fresh sign-in and a reason", async () => {
      const { email, personId } = await stage.join();
      await enrol(email);
      const admin = await stage.admin();
      expect(await refusal(() => clear(admin, personId, " "))).toBe("invalid-input");
      expect(await refusal(() => clear(admin, crypto.randomUUID()))).toBe("not-found");
      stage.clock.advance(access.freshSignInMs);
      expect(await refusal(() => clear(admin, personId))).toBe("reauthentication-required");
    });

    it("stays that of admins, the caller's own and deactivated people's", async () => {
      const { email, personId } = await stage.join([{ role: "admin", namespace: "*" }]);
      await enrol(email);
      const admin = await stage.admin();
      expect(await refusal(() => clear(admin, personId))).toBe("forbidden");
      expect(await refusal(() => clear(admin, admin.personId))).toBe("forbidden");
      await access.updateGrants(stage.at(admin), { id: personId, grants: [] });
      await access.deactivatePerson(stage.at(admin), { id: personId });
      expect(await refusal(() => clear(admin, personId))).toBe("state-conflict");
    });

    it("does not end an enrolment that was only started", async () => {
      const { email, personId } = await stage.join();
      const actor = await stage.signIn(email);
      const { secret } = await access.startTotp(stage.at(actor));
      const admin = await stage.admin();
      expect(await refusal(() => clear(admin, personId))).toBe("state-conflict");
      await access.confirmTotp(stage.at(actor), { totp: codeNow(secret) });
    });
  });
});
