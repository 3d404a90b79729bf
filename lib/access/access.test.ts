import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { createClock, createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";
import { codeOf, refusalOf as refusal } from "#lib/testing/refusal-code.ts";

const removeSecret = provideInstanceSecret();
const password = "four calm grey herons";
const nobody = { kind: "anonymous" } as const;
const host = { kind: "system", name: "host" } as const;

let database: TestDatabase;
let clock = createClock();
let address = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  removeSecret();
});
// Each test comes from an address of its own, so that throttles do not meet.
beforeEach(() => {
  clock = createClock();
  address++;
});

function at(actor: Ctx["actor"]): Ctx {
  return createCtx(actor, { now: clock.now, address: `198.51.100.${address}` });
}

const tokenOf = (link: { url: string }) => new URL(link.url).hash.replace("#token=", "");

const admin = () => createPerson({ grants: [["admin", "*"]] }, clock.now());

/** A member who joined by a link, as people do. */
async function join(grants: { role: "reviewer" | "publisher" | "admin"; namespace: string }[] = []) {
  const email = `member${Math.random().toString(36).slice(2, 10)}@example.com`;
  const link = await access.invitePerson(at(await admin()), { email, name: "Member", grants });
  const { personId } = await access.acceptInvitation(at(nobody), { token: tokenOf(link), password });
  return { email, personId };
}

async function actorOf(email: string, totp?: string): Promise<PersonActor> {
  const { sessionId } = await access.signIn(at(nobody), { email, password, totp }, "browser");
  const actor = await access.actorFromSession({ id: sessionId }, clock.now());
  if (!actor) throw new Error("the session is not open");
  return actor;
}

describe("the first administrator", () => {
  it("joins by a link that works once, and never again once an admin exists", async () => {
    expect(await access.hasAdmin()).toBe(false);
    const early = await access.createBootstrapLink(at(host));
    const link = await access.createBootstrapLink(at(host));
    const input = { email: "first@example.com", name: "First", password };
    expect(await refusal(() => access.consumeBootstrap(at(nobody), { ...input, token: tokenOf(early) }))).toBe(
      "link-expired",
    );
    const weak = { ...input, token: tokenOf(link), password: "password" };
    expect(await refusal(() => access.consumeBootstrap(at(nobody), weak))).toBe("invalid-input");
    clock.advance(15 * 60_000);
    expect(await refusal(() => access.consumeBootstrap(at(nobody), { ...input, token: tokenOf(link) }))).toBe(
      "link-expired",
    );
    clock.advance(-60_000);
    await access.consumeBootstrap(at(nobody), { ...input, token: tokenOf(link) });
    expect((await actorOf("first@example.com")).grants).toEqual([{ role: "admin", namespace: "*" }]);
    expect(await refusal(() => access.createBootstrapLink(at(host)))).toBe("state-conflict");
    const again = { ...input, email: "second@example.com", token: tokenOf(link) };
    expect(await refusal(() => access.consumeBootstrap(at(nobody), again))).toBe("link-expired");
  });

  it("keeps only the hash of the link's token, and gives links to the host alone", async () => {
    const row = await db().oneTimeLink.findFirstOrThrow({ where: { kind: "bootstrap" } });
    expect(row.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await refusal(() => access.createBootstrapLink(at(nobody)))).toBe("forbidden");
  });
});

describe("invitations", () => {
  it("are made by fresh admins only", async () => {
    const input = { email: "x@example.com", name: "X", grants: [] };
    const member = await createPerson({}, clock.now());
    expect(await refusal(() => access.invitePerson(at(nobody), input))).toBe("unauthenticated");
    expect(await refusal(() => access.invitePerson(at(member), input))).toBe("forbidden");
    const boss = await admin();
    clock.advance(access.freshSignInMs);
    expect(await refusal(() => access.invitePerson(at(boss), input))).toBe("reauthentication-required");
  });

  it("refuse unknown namespaces, global reviewers of nothing and admins of one namespace", async () => {
    const boss = await admin();
    const invite = (grants: unknown) => access.invitePerson(at(boss), { email: "x@example.com", name: "X", grants });
    expect(await refusal(() => invite([{ role: "reviewer", namespace: "com.nowhere" }]))).toBe("invalid-input");
    expect(await refusal(() => invite([{ role: "admin", namespace: "com.acme" }]))).toBe("invalid-input");
    expect(await refusal(() => invite([{ role: "root", namespace: "*" }]))).toBe("invalid-input");
  });

  it.each(["a\u202eb@example.com", "a b@example.com", "аnn@example.com", "x@", "@example.com"])(
    "refuse the address %j",
    async (email) => {
      const boss = await admin();
      expect(await refusal(() => access.invitePerson(at(boss), { email, name: "X", grants: [] }))).toBe(
        "invalid-input",
      );
    },
  );

  it("are used once, even by two at once", async () => {
    const link = await access.invitePerson(at(await admin()), { email: "twice@example.com", name: "T", grants: [] });
    const accept = () => access.acceptInvitation(at(nobody), { token: tokenOf(link), password });
    const outcomes = await Promise.all([codeOf(accept()), codeOf(accept())]);
    expect(outcomes.sort()).toEqual(["allowed", "link-expired"]);
    expect(await db().person.count({ where: { emailKey: "twice@example.com" } })).toBe(1);
  });

  it("end with a newer one, by revocation, with time, and with the admin who made them", async () => {
    const boss = await admin();
    const invite = (email: string) => access.invitePerson(at(boss), { email, name: "X", grants: [] });
    const accept = (link: { url: string }) => () =>
      access.acceptInvitation(at(nobody), { token: tokenOf(link), password });
    const older = await invite("newer@example.com");
    await invite("newer@example.com");
    expect(await refusal(accept(older))).toBe("link-expired");
    const revoked = await invite("revoked@example.com");
    const { invitations } = await access.listPeople(at(boss));
    const { id } = invitations.find((item) => item.email === "revoked@example.com") ?? { id: "" };
    await access.revokeInvitation(at(boss), { id });
    expect(await refusal(accept(revoked))).toBe("link-expired");
    const orphan = await invite("orphan@example.com");
    await access.deactivatePerson(at(await admin()), { id: boss.personId });
    expect(await refusal(accept(orphan))).toBe("link-expired");
    const late = await access.invitePerson(at(await admin()), { email: "late@example.com", name: "L", grants: [] });
    clock.advance(72 * 3_600_000);
    expect(await refusal(accept(late))).toBe("link-expired");
  });
});

describe("signing in", () => {
  it("opens a session that is looked up each time", async () => {
    const { email, personId } = await join();
    const actor = await actorOf(email.toUpperCase());
    expect(actor.personId).toBe(personId);
    await access.endSession(at(actor), { session: "current" });
    expect(await access.actorFromSession({ id: actor.sessionId }, clock.now())).toBeNull();
  });

  it("ends after 2 idle hours and after 12 hours whatever happens", async () => {
    const { email } = await join();
    const idle = await actorOf(email);
    clock.advance(2 * 3_600_000);
    expect(await access.actorFromSession({ id: idle.sessionId }, clock.now())).toBeNull();
    const busy = await actorOf(email);
    for (let hour = 0; hour < 11; hour++) {
      clock.advance(3_600_000);
      expect(await access.actorFromSession({ id: busy.sessionId }, clock.now())).not.toBeNull();
    }
    clock.advance(3_600_000);
    expect(await access.actorFromSession({ id: busy.sessionId }, clock.now())).toBeNull();
  });

  it("answers the same for a wrong password, an unknown account and a deactivated person", async () => {
    const { email, personId } = await join();
    const attempt = async (input: { email: string; password: string }) =>
      access.signIn(at(nobody), input, "browser").catch((error: unknown) => JSON.stringify(error));
    const wrong = await attempt({ email, password: "wrong wrong wrong" });
    const unknown = await attempt({ email: "nobody@example.com", password });
    await access.deactivatePerson(at(await admin()), { id: personId });
    const deactivated = await attempt({ email, password });
    expect(wrong).toContain("sign-in-failed");
    expect(unknown).toBe(wrong);
    expect(deactivated).toBe(wrong);
  });

  it("records refusals without what was typed", async () => {
    await codeOf(access.signIn(at(nobody), { email: "hunter2hunter2", password: "secret-typed" }, "browser"));
    const entries = await db().refusalEntry.findMany({ where: { kind: "sign-in" } });
    const text = entries.map((entry) => Buffer.from(entry.body).toString()).join();
    expect(entries.length).toBeGreaterThan(0);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("secret-typed");
  });

  it("is throttled per account and address, before the password is judged", async () => {
    const { email } = await join();
    const attempt = (typed: string) => codeOf(access.signIn(at(nobody), { email, password: typed }, "browser"));
    const first = await Promise.all(Array.from({ length: 12 }, () => attempt("wrong wrong wrong")));
    expect(first.filter((code) => code === "sign-in-failed")).toHaveLength(10);
    expect(first.filter((code) => code === "rate-limited")).toHaveLength(2);
    expect(await attempt(password)).toBe("rate-limited");
    address += 100;
    expect(await attempt(password)).toBe("allowed");
    address -= 100;
    clock.advance(15 * 60_000);
    expect(await attempt(password)).toBe("allowed");
  });

  it("makes an old session fresh again for its own person only", async () => {
    const { email } = await join();
    const actor = await actorOf(email);
    clock.advance(access.freshSignInMs);
    expect(await refusal(() => access.reauthenticate(at(actor), { password: "wrong wrong wrong" }))).toBe(
      "sign-in-failed",
    );
    await access.reauthenticate(at(actor), { password, totp: "" });
    const renewed = await access.actorFromSession({ id: actor.sessionId }, clock.now());
    expect(renewed?.authenticatedAt).toEqual(clock.now());
    await access.endSession(at(actor), { session: "current" });
    expect(await refusal(() => access.reauthenticate(at(actor), { password }))).toBe("unauthenticated");
  });

  it("ends no session of others", async () => {
    const [ann, bob] = [await createPerson({}, clock.now()), await createPerson({}, clock.now())];
    expect(await refusal(() => access.endSession(at(ann), { session: bob.sessionId }))).toBe("not-found");
  });
});

describe("the second factor", () => {
  const codeNow = (secret: string) => new TOTP({ secret }).generate({ timestamp: clock.now().getTime() });

  async function enrol(email: string): Promise<string> {
    const actor = await actorOf(email);
    const { secret } = await access.startTotp(at(actor));
    await access.confirmTotp(at(actor), { totp: codeNow(secret) });
    return secret;
  }

  it("counts only once confirmed, and is stored sealed", async () => {
    const { email, personId } = await join();
    const actor = await actorOf(email);
    const { secret, uri } = await access.startTotp(at(actor));
    expect(uri).toContain("otpauth://totp/");
    expect(await refusal(() => access.confirmTotp(at(actor), { totp: "000000" }))).toBe("invalid-input");
    await actorOf(email);
    await access.confirmTotp(at(actor), { totp: codeNow(secret) });
    const row = await db().person.findUniqueOrThrow({ where: { id: personId } });
    expect(row.totpSecret).not.toContain(secret);
    expect(await refusal(() => access.startTotp(at(actor)))).toBe("state-conflict");
  });

  it("is asked for after the right password only, and a code works once", async () => {
    const { email } = await join();
    const secret = await enrol(email);
    clock.advance(60_000);
    const attempt = (input: object) => access.signIn(at(nobody), { email, password, ...input }, "browser");
    const asked = await attempt({}).catch((error: unknown) => error);
    expect(asked).toMatchObject({ code: "sign-in-failed", extensions: { totpRequired: true } });
    const wrong = await attempt({ password: "wrong wrong wrong" }).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: "sign-in-failed", extensions: {} });
    const code = codeNow(secret);
    const outcomes = await Promise.all([codeOf(attempt({ totp: code })), codeOf(attempt({ totp: code }))]);
    expect(outcomes.sort()).toEqual(["allowed", "sign-in-failed"]);
    expect(await refusal(() => attempt({ totp: code }))).toBe("sign-in-failed");
    clock.advance(30_000);
    await attempt({ totp: codeNow(secret) });
  });

  it("limits guesses by somebody who has the password, from wherever they come", async () => {
    const { email } = await join();
    await enrol(email);
    const codes: string[] = [];
    for (let guess = 0; guess < 22; guess++) {
      address += 1;
      codes.push(await codeOf(access.signIn(at(nobody), { email, password, totp: "000000" }, "browser")));
    }
    expect(codes.at(-1)).toBe("rate-limited");
    expect(codes).not.toContain("allowed");
  });

  it("is removed against password and code, not by the session alone", async () => {
    const { email } = await join();
    const secret = await enrol(email);
    clock.advance(60_000);
    const actor = await actorOf(email, codeNow(secret));
    expect(await refusal(() => access.disableTotp(at(actor), { password, totp: "000000" }))).toBe("sign-in-failed");
    clock.advance(60_000);
    await access.disableTotp(at(actor), { password, totp: codeNow(secret) });
    await actorOf(email);
  });
});

describe("passwords", () => {
  it("change against the present one and end the other sessions", async () => {
    const { email } = await join();
    const [here, there] = [await actorOf(email), await actorOf(email)];
    const next = "seven loud red robins";
    const change = (current: string) => access.changePassword(at(here), { current, password: next });
    expect(await refusal(() => change("wrong wrong wrong"))).toBe("sign-in-failed");
    expect(await change(password)).toEqual({ endedSessions: 1 });
    expect(await access.actorFromSession({ id: there.sessionId }, clock.now())).toBeNull();
    expect(await access.actorFromSession({ id: here.sessionId }, clock.now())).not.toBeNull();
    expect(await codeOf(access.signIn(at(nobody), { email, password }, "browser"))).toBe("sign-in-failed");
  });

  it("are reset by a link from an admin, once, within the hour", async () => {
    const { email, personId } = await join();
    const member = await createPerson({}, clock.now());
    const session = await actorOf(email);
    expect(await refusal(() => access.requestReset(at(member), { personId }))).toBe("forbidden");
    const link = await access.requestReset(at(await admin()), { personId });
    const reset = (next: string) => access.resetPassword(at(nobody), { token: tokenOf(link), password: next });
    expect(await refusal(() => reset("short"))).toBe("invalid-input");
    await reset("seven loud red robins");
    expect(await access.actorFromSession({ id: session.sessionId }, clock.now())).toBeNull();
    expect(await refusal(() => reset("nine quiet blue jays"))).toBe("link-expired");
    const late = await access.requestReset(at(await admin()), { personId });
    clock.advance(3_600_000);
    expect(
      await refusal(() => access.resetPassword(at(nobody), { token: tokenOf(late), password: "nine quiet blue jays" })),
    ).toBe("link-expired");
  });
});

describe("administering people", () => {
  it("leaves one administrator, whoever removes whom at once", async () => {
    await db().roleGrant.deleteMany({ where: { role: "admin" } });
    const [one, two] = [await admin(), await admin()];
    const outcomes = await Promise.all([
      codeOf(access.deactivatePerson(at(one), { id: two.personId })),
      codeOf(access.updateGrants(at(two), { id: one.personId, grants: [] })),
    ]);
    expect(outcomes.sort()).toEqual(["allowed", "last-admin"]);
    expect(await access.hasAdmin()).toBe(true);
  });

  it("changes grants from the next request on", async () => {
    const { email, personId } = await join();
    const actor = await actorOf(email);
    const view = await access.updateGrants(at(await admin()), {
      id: personId,
      grants: [{ role: "auditor", namespace: "*" }],
    });
    expect(view.grants).toEqual([{ role: "auditor", namespace: "*" }]);
    const now = await access.actorFromSession({ id: actor.sessionId }, clock.now());
    expect(now && access.isAuditor(now)).toBe(true);
  });

  it("shuts a deactivated person out of sessions and tokens, robots they made too", async () => {
    const { email, personId } = await join([{ role: "admin", namespace: "*" }]);
    const actor = await actorOf(email);
    const own = await access.createToken(at(actor), {
      label: "own",
      scopes: ["read"],
      namespaces: ["*"],
      expiresInDays: 1,
    });
    const robot = await access.createToken(at(actor), {
      label: "robot",
      robot: true,
      scopes: ["read"],
      namespaces: ["*"],
      expiresInDays: 1,
    });
    await access.deactivatePerson(at(await admin()), { id: personId });
    expect(await access.actorFromSession({ id: actor.sessionId }, clock.now())).toBeNull();
    expect(await codeOf(access.actorFromBearer(at(nobody), own.secret))).toBe("unauthenticated");
    expect(await codeOf(access.actorFromBearer(at(nobody), robot.secret))).toBe("unauthenticated");
    await access.reactivatePerson(at(await admin()), { id: personId });
    expect(await codeOf(access.actorFromBearer(at(nobody), own.secret))).toBe("unauthenticated");
    await actorOf(email);
  });

  it("is for admins alone and tells others nothing", async () => {
    const member = await createPerson({ grants: [["reviewer", "*"]] }, clock.now());
    const id = member.personId;
    for (const call of [
      () => access.listPeople(at(member)),
      () => access.updateGrants(at(member), { id, grants: [{ role: "admin", namespace: "*" }] }),
      () => access.deactivatePerson(at(member), { id: crypto.randomUUID() }),
      () => access.reactivatePerson(at(member), { id }),
      () => access.revokeInvitation(at(member), { id }),
      () => access.endAllSessions(at(member), { email: null }),
      () => access.resetAdmin(at(member), { email: member.email }),
    ]) {
      expect(await refusal(call)).toBe("forbidden");
    }
  });
});

describe("API tokens", () => {
  const day = { expiresInDays: 1 };

  it("give their secret once and are found by it until they end", async () => {
    const actor = await createPerson({ grants: [["auditor", "*"]] }, clock.now());
    const created = await access.createToken(at(actor), { label: "ci", scopes: ["audit"], namespaces: ["*"], ...day });
    const row = await db().token.findUniqueOrThrow({ where: { id: created.id } });
    expect(JSON.stringify(row)).not.toContain(created.secret);
    expect(JSON.stringify(await access.listTokens(at(actor)))).not.toContain(created.secret);
    expect(await access.actorFromBearer(at(nobody), created.secret)).toMatchObject({ kind: "token", label: "ci" });
    clock.advance(86_400_000);
    expect(await codeOf(access.actorFromBearer(at(nobody), created.secret))).toBe("unauthenticated");
  });

  it("refuse scopes and namespaces their maker does not have, the same for missing and forbidden", async () => {
    const actor = await createPerson({ grants: [["reviewer", "*"]] }, clock.now());
    const make = (input: object) => () => access.createToken(at(actor), { label: "x", ...day, ...input });
    expect(await refusal(make({ scopes: ["audit"], namespaces: ["*"] }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["publish"], namespaces: ["com.acme"] }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["read"], namespaces: [] }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["read"], namespaces: ["*"], expiresInDays: 366 }))).toBe("invalid-input");
    expect(await refusal(make({ scopes: ["read"], namespaces: ["*"], robot: true }))).toBe("forbidden");
    clock.advance(access.freshSignInMs);
    expect(await refusal(make({ scopes: ["read"], namespaces: ["*"] }))).toBe("reauthentication-required");
  });

  it("end by their owner or an admin, and for others do not exist", async () => {
    const [owner, other, boss] = [
      await createPerson({}, clock.now()),
      await createPerson({}, clock.now()),
      await admin(),
    ];
    const make = () => access.createToken(at(owner), { label: "x", scopes: ["read"], namespaces: ["*"], ...day });
    const [one, two] = [await make(), await make()];
    expect(await refusal(() => access.revokeToken(at(other), { id: one.id }))).toBe("not-found");
    await access.revokeToken(at(owner), { id: one.id });
    await access.revokeToken(at(boss), { id: two.id });
    expect(await codeOf(access.actorFromBearer(at(nobody), one.secret))).toBe("unauthenticated");
    expect(await codeOf(access.actorFromBearer(at(nobody), two.secret))).toBe("unauthenticated");
  });
});

describe("API sessions", () => {
  it("are a person for 15 minutes", async () => {
    const { email } = await join();
    const { secret } = await access.signIn(at(nobody), { email, password }, "api");
    const actor = await access.actorFromBearer(at(nobody), secret ?? "");
    expect(actor).toMatchObject({ kind: "person", email });
    expect(await access.whoami(at(actor))).toMatchObject({ kind: "person", email });
    clock.advance(15 * 60_000);
    expect(await codeOf(access.actorFromBearer(at(nobody), secret ?? ""))).toBe("unauthenticated");
  });
});

describe("the host", () => {
  it("resets an administrator who is locked out", async () => {
    const { email, personId } = await join();
    const session = await actorOf(email);
    await access.deactivatePerson(at(await admin()), { id: personId });
    const link = await access.resetAdmin(at(host), { email });
    await access.resetPassword(at(nobody), { token: tokenOf(link), password: "seven loud red robins" });
    const { sessionId } = await access.signIn(at(nobody), { email, password: "seven loud red robins" }, "browser");
    const actor = await access.actorFromSession({ id: sessionId }, clock.now());
    expect(actor && access.isAdmin(actor)).toBe(true);
    expect(await access.actorFromSession({ id: session.sessionId }, clock.now())).toBeNull();
    expect(await refusal(() => access.resetAdmin(at(host), { email: "none@example.com" }))).toBe("not-found");
  });

  it("ends everybody's sessions and a token by its beginning", async () => {
    const person = await createPerson({}, clock.now());
    const input = { label: "x", scopes: ["read"], namespaces: ["*"], expiresInDays: 1 };
    const { secret, prefix } = await access.createToken(at(person), input);
    await access.endAllSessions(at(host), { email: null });
    expect(await access.actorFromSession({ id: person.sessionId }, clock.now())).toBeNull();
    await access.revokeTokenByHost(at(host), { token: prefix });
    expect(await codeOf(access.actorFromBearer(at(nobody), secret))).toBe("unauthenticated");
    expect(await refusal(() => access.revokeTokenByHost(at(host), { token: "cst_%" }))).toBe("not-found");
  });
});
