import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as access from "#lib/access/index.ts";
import * as channels from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { everything, readLastEntry } from "#lib/testing/channels.ts";
import { codeOf, refusalOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
let admin: PersonActor;
let member: PersonActor;

beforeAll(async () => {
  await stage.open();
  const boss = stage.at(await stage.admin());
  const make = (slug: string, audience: string, openToPeople = true) =>
    channels.createChannel(boss, { slug, label: slug, audience, selection: everything, openToPeople });
  await make("open", "token");
  await make("also-open", "token");
  await make("robots", "token", false);
  await make("off", "token");
  await make("public", "anonymous");
  await make("secret", "capability");
  await channels.disableChannel(boss, { slug: "off" });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
  member = await createPerson({}, stage.clock.now());
});

const request = (more: object) => ({ label: "editor", scopes: ["resolve"], expiresInDays: 30, ...more });
const make = (who: PersonActor, more: object) => access.createToken(stage.at(who), request(more));
const rowOf = (id: string) => db().token.findUniqueOrThrow({ where: { id } });

describe("a token with scope resolve", () => {
  it("names token channels and no namespaces; people see slugs, the row holds ids", async () => {
    const made = await make(member, { channels: ["open", "also-open", "open"] });
    expect(made).toMatchObject({ scopes: ["resolve"], namespaces: [], channels: ["also-open", "open"] });
    const [listed] = await access.listTokens(stage.at(member));
    expect(listed).toMatchObject({ id: made.id, channels: ["also-open", "open"] });
    const ids = (await rowOf(made.id)).channels.sort();
    const stored = await db().channel.findMany({
      where: { slug: { in: ["open", "also-open"] } },
      select: { id: true },
    });
    expect(ids).toEqual(stored.map(({ id }) => id).sort());
    expect((await readLastEntry()).body).toContain('"channels":["also-open","open"]');
  });

  it("may do other things as well, in its namespaces", async () => {
    const made = await make(member, { scopes: ["read", "resolve"], namespaces: ["*"], channels: ["open"] });
    expect(made).toMatchObject({ namespaces: ["*"], channels: ["open"] });
  });

  it("is a person's for channels open to people, a robot's by an administrator for any token channel", async () => {
    expect(await refusalOf(() => make(admin, { channels: ["robots"] }))).toBe("invalid-input");
    expect(await refusalOf(() => make(member, { channels: ["robots"], robot: true }))).toBe("forbidden");
    const robot = await make(admin, { channels: ["robots", "open"], robot: true });
    expect(robot).toMatchObject({ robot: true, channels: ["open", "robots"], namespaces: [] });
  });

  it.each([
    ["none", {}],
    ["an empty list", { channels: [] }],
    ["one that is not there", { channels: ["nowhere"] }],
    ["an anonymous one", { channels: ["public"] }],
    ["the default one while it is anonymous", { channels: ["default"] }],
    ["a capability channel", { channels: ["secret"] }],
    ["a disabled one", { channels: ["off"] }],
    ["one among good ones", { channels: ["open", "nowhere"] }],
    ["more than any token needs", { channels: Array.from({ length: 101 }, () => "open") }],
    ["a channel with a namespace", { channels: ["open"], namespaces: ["*"] }],
    ["a channel without the scope", { scopes: ["read"], namespaces: ["*"], channels: ["open"] }],
    ["another scope without a namespace", { scopes: ["read", "resolve"], channels: ["open"] }],
    ["an unknown scope", { scopes: ["resolve", "approve"], channels: ["open"] }],
  ])("is not made for %s", async (_case, more) => {
    expect(await refusalOf(() => make(member, more))).toBe("invalid-input");
    expect(await refusalOf(() => make(admin, { ...more, robot: true }))).toBe("invalid-input");
  });

  it("says at which place a channel is none", async () => {
    const error = await make(member, { channels: ["open", "robots"] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fields: [{ pointer: "/channels/1" }] });
  });

  it("can do nothing else: not read, publish, audit, nor look at channels", async () => {
    const { secret } = await make(admin, { channels: ["open"] });
    const actor = await access.actorFromBearer(stage.at(nobody), secret);
    const ctx = stage.at(actor);
    expect(actor).toMatchObject({ grants: [], owns: [], namespaces: [] });
    expect(await access.whoami(ctx)).toMatchObject({ scopes: ["resolve"], grants: [] });
    expect(await codeOf(channels.listChannels(ctx))).toBe("forbidden");
    expect(await codeOf(channels.getChannel(ctx, { slug: "open" }))).toBe("forbidden");
    expect(await codeOf(channels.listReaders(ctx, { name: "com.acme/a", version: "1" }))).toBe("forbidden");
    expect(await codeOf(access.listTokens(ctx))).toBe("forbidden");
    expect(access.mayPublish(actor, "com.acme")).toBe(false);
    expect(access.isAuditor(actor)).toBe(false);
    expect(access.listInsideNamespaces(actor)).toEqual([]);
  });

  it("asks for a fresh sign-in", async () => {
    stage.clock.advance(access.freshSignInMs);
    expect(await refusalOf(() => make(member, { channels: ["open"] }))).toBe("reauthentication-required");
  });
});

describe("when it was last used", () => {
  const system = () => stage.at({ kind: "system", name: "worker" });
  const usedAt = async (id: string) => (await rowOf(id)).lastUsedAt?.toISOString() ?? null;

  async function count(tokenId: string, lastAt: string): Promise<void> {
    const { id: channelId } = await db().channel.findUniqueOrThrow({ where: { slug: "open" } });
    const day = new Date(`${lastAt.slice(0, 10)}T00:00:00Z`);
    const key = { day, channelId, reader: `token:${tokenId}`, name: "com.acme/a", version: lastAt };
    await db().resolution.create({ data: { ...key, count: 1n, lastAt: new Date(lastAt) } });
  }

  it("is taken from what readers counted, never back in time", async () => {
    const [one, other] = [await make(member, { channels: ["open"] }), await make(member, { channels: ["open"] })];
    await count(one.id, "2026-11-22T09:00:00.000Z");
    await count(one.id, "2026-11-22T11:00:00.000Z");
    await count("not an id", "2026-11-22T11:00:00.000Z");
    expect(await access.noteChannelReads(system())).toBe(1);
    expect(await usedAt(one.id)).toBe("2026-11-22T11:00:00.000Z");
    expect(await usedAt(other.id)).toBeNull();
    await db().token.update({ where: { id: one.id }, data: { lastUsedAt: new Date("2026-11-22T11:30:00Z") } });
    expect(await access.noteChannelReads(system())).toBe(0);
    expect(await refusalOf(() => access.noteChannelReads(stage.at(admin)))).toBe("forbidden");
  });
});

describe("what ends it", () => {
  it("deactivating its owner, or the administrator who made it for a robot", async () => {
    const own = await make(member, { channels: ["open"] });
    const maker = await stage.admin();
    const robot = await make(maker, { channels: ["robots"], robot: true });
    await access.deactivatePerson(stage.at(admin), { id: member.personId });
    expect(await readLastEntry()).toMatchObject({ action: "person.deactivate" });
    await access.deactivatePerson(stage.at(admin), { id: maker.personId });
    expect((await rowOf(own.id)).revokedAt).not.toBeNull();
    expect((await rowOf(robot.id)).revokedAt).not.toBeNull();
  });

  it("closing the channel to people takes it from theirs, and leaves robots theirs", async () => {
    const boss = stage.at(admin);
    await channels.createChannel(boss, { slug: "closing", label: "Closing", audience: "token", selection: everything });
    const alone = await make(member, { channels: ["closing"] });
    const other = await make(member, { channels: ["closing", "open"] });
    const mixed = await make(member, { scopes: ["read", "resolve"], namespaces: ["*"], channels: ["closing"] });
    const robot = await make(admin, { channels: ["closing"], robot: true });
    await channels.updateChannel(boss, { slug: "closing", edition: 1, openToPeople: false });
    expect((await readLastEntry()).body).toContain('"tokens":3');
    const tokens = new Map((await access.listTokens(boss)).map((token) => [token.id, token]));
    expect(tokens.get(alone.id)).toMatchObject({ channels: [], state: "revoked" });
    expect(tokens.get(other.id)).toMatchObject({ channels: ["open"], state: "active" });
    expect(tokens.get(mixed.id)).toMatchObject({ channels: [], state: "active" });
    expect(tokens.get(robot.id)).toMatchObject({ channels: ["closing"], state: "active" });
  });

  it("a secret of a channel's address is no bearer of the API, not even when a session has its hash", async () => {
    const { secret, hash: tokenHash } = access.mintSecret("csc");
    const at = stage.clock.now();
    const times = { createdAt: at, authenticatedAt: at, lastSeenAt: at, expiresAt: new Date(at.getTime() + 3_600_000) };
    const { sessionId: id, personId } = { ...member, sessionId: crypto.randomUUID() };
    await db().session.create({ data: { id, personId, kind: "api", tokenHash, ...times } });
    expect(await codeOf(access.actorFromBearer(stage.at(nobody), secret))).toBe("unauthenticated");
  });
});
