import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
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
});
