import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import { lockLedger, recordRefusal } from "#lib/ledger/index.ts";
import { AccessStage, nobody, password } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.moveOn());

describe("signing in", () => {
  it("that crosses a change of password opens no session: the old password was proved, but holds no more", async () => {
    const { email, personId } = await stage.join();
    let crossing: Promise<string> = Promise.resolve("not tried");
    await transact(async (tx) => {
      await tx.person.update({ where: { id: personId }, data: { passwordHash: "changed" } });
      crossing = codeOf(access.signIn(stage.at(nobody), { email, password }, "browser"));
      await waitForBlockedSignIn();
    });
    expect(await crossing).toBe("sign-in-failed");
    expect(await db().session.count({ where: { personId } })).toBe(0);
  });

  it("opens a session that is looked up each time", async () => {
    const { email, personId } = await stage.join();
    const actor = await stage.signIn(email.toUpperCase());
    expect(actor.personId).toBe(personId);
    await access.endSession(stage.at(actor), { session: "current" });
    expect(await access.actorFromSession({ id: actor.sessionId }, stage.clock.now())).toBeNull();
  });

  it("ends after 2 idle hours and after 12 hours whatever happens", async () => {
    const { email } = await stage.join();
    const idle = await stage.signIn(email);
    stage.clock.advance(2 * 3_600_000);
    expect(await access.actorFromSession({ id: idle.sessionId }, stage.clock.now())).toBeNull();
    const busy = await stage.signIn(email);
    for (let hour = 0; hour < 11; hour++) {
      stage.clock.advance(3_600_000);
      expect(await access.actorFromSession({ id: busy.sessionId }, stage.clock.now())).not.toBeNull();
    }
    stage.clock.advance(3_600_000);
    expect(await access.actorFromSession({ id: busy.sessionId }, stage.clock.now())).toBeNull();
  });

  it("answers the same for a wrong password, an unknown account and a deactivated person", async () => {
    const { email, personId } = await stage.join();
    const attempt = async (input: { email: string; password: string }) =>
      access.signIn(stage.at(nobody), input, "browser").catch((error: unknown) => JSON.stringify(error));
    const wrong = await attempt({ email, password: "wrong wrong wrong" });
    const unknown = await attempt({ email: "nobody@example.com", password });
    await access.deactivatePerson(stage.at(await stage.admin()), { id: personId });
    const deactivated = await attempt({ email, password });
    expect(wrong).toContain("sign-in-failed");
    expect(unknown).toBe(wrong);
    expect(deactivated).toBe(wrong);
  });

  it("records refusals without what was typed", async () => {
    await codeOf(access.signIn(stage.at(nobody), { email: "hunter2hunter2", password: "secret-typed" }, "browser"));
    const entries = await db().refusalEntry.findMany({ where: { kind: "sign-in" } });
    const text = entries.map((entry) => Buffer.from(entry.body).toString()).join();
    expect(entries.length).toBeGreaterThan(0);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("secret-typed");
  });

  it("is throttled per account and address, before the password is judged", async () => {
    const { email } = await stage.join();
    const attempt = (typed: string) => codeOf(access.signIn(stage.at(nobody), { email, password: typed }, "browser"));
    const first = await Promise.all(Array.from({ length: 12 }, () => attempt("wrong wrong wrong")));
    expect(first.filter((code) => code === "sign-in-failed")).toHaveLength(10);
    expect(first.filter((code) => code === "rate-limited")).toHaveLength(2);
    expect(await attempt(password)).toBe("rate-limited");
    stage.clock.advance(15 * 60_000);
    expect(await attempt(password)).toBe("allowed");
  });

  it("shuts nobody out elsewhere when somebody guesses at their account", async () => {
    const { email } = await stage.join();
    const attempt = (typed: string) => codeOf(access.signIn(stage.at(nobody), { email, password: typed }, "browser"));
    await Promise.all(Array.from({ length: 11 }, () => attempt("wrong wrong wrong")));
    expect(await attempt(password)).toBe("rate-limited");
    stage.changeAddress();
    expect(await attempt(password)).toBe("allowed");
  });

  it("makes an old session fresh again for its own person only", async () => {
    const { email } = await stage.join();
    const actor = await stage.signIn(email);
    stage.clock.advance(access.freshSignInMs);
    expect(await refusal(() => access.reauthenticate(stage.at(actor), { password: "wrong wrong wrong" }))).toBe(
      "sign-in-failed",
    );
    await access.reauthenticate(stage.at(actor), { password, totp: "" });
    const renewed = await access.actorFromSession({ id: actor.sessionId }, stage.clock.now());
    expect(renewed?.authenticatedAt).toEqual(stage.clock.now());
    await access.endSession(stage.at(actor), { session: "current" });
    expect(await refusal(() => access.reauthenticate(stage.at(actor), { password }))).toBe("unauthenticated");
  });

  it("ends no session of others", async () => {
    const [ann, bob] = [await createPerson({}, stage.clock.now()), await createPerson({}, stage.clock.now())];
    expect(await refusal(() => access.endSession(stage.at(ann), { session: bob.sessionId }))).toBe("not-found");
  });
});

describe("API sessions", () => {
  it("are a person for 15 minutes", async () => {
    const { email } = await stage.join();
    const { secret } = await access.signIn(stage.at(nobody), { email, password }, "api");
    const actor = await access.actorFromBearer(stage.at(nobody), secret ?? "");
    expect(actor).toMatchObject({ kind: "person", email });
    expect(await access.whoami(stage.at(actor))).toMatchObject({ kind: "person", email });
    stage.clock.advance(15 * 60_000);
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), secret ?? ""))).toBe("unauthenticated");
  });
});

describe("the record of sign-ins", () => {
  const attempt = (email: string, typed: string, kind: "browser" | "api" = "browser") =>
    codeOf(access.signIn(stage.at(nobody), { email, password: typed }, kind));
  const listFrom = async (personId: string) => {
    const rows = await db().refusalEntry.findMany({ where: { kind: "signed-in" }, orderBy: { seq: "asc" } });
    return rows.map((row) => JSON.parse(Buffer.from(row.body).toString())).filter(({ actor }) => actor.id === personId);
  };

  it("names who signed in, how and from where, and leaves the ledger alone", async () => {
    const { email, personId } = await stage.join();
    const before = await db().ledgerEntry.count();
    await attempt(email, password, "api");
    const [entry, ...others] = await listFrom(personId);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      actor: { kind: "person", id: personId },
      source: `person:${personId}`,
      address: stage.at(nobody).address,
      subject: email,
      details: { session: "api", secondFactor: false },
    });
    expect(JSON.stringify(entry)).not.toContain(password);
    expect(await db().ledgerEntry.count()).toBe(before);
  });

  it("holds no sign-in that failed, and is not hidden by a flood of them", async () => {
    const { email, personId } = await stage.join();
    const failed = { kind: "sign-in", subject: "unknown account", details: {} } as const;
    const ends: unknown[] = [];
    for (let flood = 0; flood < 320; flood++) {
      const address = `203.0.113.${flood % 16}`;
      ends.push(await recordRefusal({ ...stage.at(nobody), address }, failed));
    }
    expect(ends.at(-1)).toBeNull();
    expect(await listFrom(personId)).toEqual([]);
    await attempt(email, "wrong wrong wrong");
    await attempt(email, password);
    expect(await listFrom(personId)).toHaveLength(1);
  }, 60_000);

  it("cannot be filled by signing in again and again: what is not written is counted", async () => {
    const { email, personId } = await stage.join();
    for (let count = 0; count < 23; count++) expect(await attempt(email, password)).toBe("allowed");
    expect(await listFrom(personId)).toHaveLength(20);
    stage.clock.advance(10 * 60_000);
    await attempt(email, password);
    expect((await listFrom(personId)).at(-1)).toMatchObject({ suppressed: [{ count: 3 }] });
  }, 60_000);

  it("does not wait for the ledger", async () => {
    const { email } = await stage.join();
    await transact(async (tx) => {
      await lockLedger(tx);
      expect(await attempt(email, password)).toBe("allowed");
    });
  });
});

/** Until the database says that somebody waits for a row. */
async function waitForBlockedSignIn(): Promise<void> {
  const waiting = () => db().$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  await expect.poll(async () => Number((await waiting())[0]?.n), { timeout: 10_000 }).toBe(1);
}
