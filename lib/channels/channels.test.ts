import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashSecret, readSecret } from "#lib/access/index.ts";
import * as channels from "#lib/channels/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson, testRegistryId } from "#lib/testing/actors.ts";
import { everything, nothing, plantServer, readLastEntry } from "#lib/testing/channels.ts";
import { refusalOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
let admin: PersonActor;
let member: PersonActor;
let as: (actor?: Ctx["actor"]) => Ctx;

beforeAll(async () => {
  await stage.open();
  await plantServer("com.acme/weather");
  await plantServer("com.acme/ledger", { tags: ["finance"] });
  await plantServer("com.acme/waiting", { resolvable: false });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
  member = await createPerson({}, stage.clock.now());
  as = (actor = admin) => stage.at(actor);
});

const draft = (slug: string, more: object = {}) => ({
  slug,
  label: "Finance",
  audience: "anonymous",
  selection: { include: [{ tag: "finance" }], exclude: [] },
  ...more,
});

describe("createChannel", () => {
  it.each([
    ["anonymous", `${testRegistryId}/c/of-anonymous`],
    ["token", `${testRegistryId}/c/of-token`],
  ])("makes an %s channel that answers at its address", async (audience, address) => {
    const made = await channels.createChannel(as(), draft(`of-${audience}`, { audience }));
    expect(made).toMatchObject({ address, audience, edition: 1, servers: 1, secrets: [], disabledAt: null });
    expect(await readLastEntry()).toMatchObject({ action: "channel.create", subject: `of-${audience}` });
  });

  it("keeps of a capability channel's secret nothing but its hash and beginning", async () => {
    const made = await channels.createChannel(as(), draft("partner", { audience: "capability" }));
    const secret = made.address.slice(`${testRegistryId}/c/partner/`.length);
    expect(readSecret(secret)).toBe("csc");
    const [row] = await db().channelSecret.findMany({ where: { channel: { slug: "partner" } } });
    expect(row).toMatchObject({ secretHash: hashSecret(secret), prefix: secret.slice(0, 10) });
    expect(made.secrets).toMatchObject([{ prefix: secret.slice(0, 10), state: "active", createdBy: admin.name }]);
    const seen = JSON.stringify([
      await channels.getChannel(as(), { slug: "partner" }),
      await channels.listChannels(as(member)),
      (await readLastEntry()).body,
      row,
    ]);
    expect(seen).not.toContain(secret.slice(12));
    expect((await channels.getChannel(as(), { slug: "partner" })).address).toBeNull();
  });

  it("refuses what is no channel, and writes nothing", async () => {
    const refused = (input: object, who = admin) => refusalOf(() => channels.createChannel(as(who), input));
    for (const slug of ["", "A", "with space", "-a", "a-", "a/b", "ä", "a".repeat(41), "csc_0"]) {
      expect(await refused(draft(slug))).toBe("invalid-input");
    }
    expect(await refused(draft("x", { audience: "everybody" }))).toBe("invalid-input");
    expect(await refused(draft("x", { selection: { include: [{}], exclude: [] } }))).toBe("invalid-input");
    expect(await refused(draft("x", { label: "\u202egnihton" }))).toBe("invalid-input");
    expect(await refused(draft("x", { address: "https://elsewhere.example" }))).toBe("invalid-input");
    expect(await refused(draft("default"))).toBe("name-taken");
    expect(await refused(draft("x"), member)).toBe("forbidden");
    stage.clock.advance(16 * 60_000);
    expect(await refused(draft("x"))).toBe("reauthentication-required");
  });
});

describe("what people see", () => {
  it("lists every channel to everybody signed in, the default one first", async () => {
    await channels.createChannel(as(), draft("aaa"));
    const listed = await channels.listChannels(as(member));
    expect(listed[0]).toMatchObject({ slug: "default", address: testRegistryId, audience: "anonymous", servers: 2 });
    expect(listed.map(({ slug }) => slug)).toContain("aaa");
    expect(await refusalOf(() => channels.listChannels(as(nobody)))).toBe("unauthenticated");
  });

  it("shows one channel's selection to administrators and auditors only", async () => {
    const auditor = await createPerson({ grants: [["auditor", "*"]] }, stage.clock.now());
    expect(await channels.getChannel(as(auditor), { slug: "default" })).toMatchObject({
      selection: everything,
      createdBy: null,
    });
    expect(await refusalOf(() => channels.getChannel(as(member), { slug: "default" }))).toBe("forbidden");
    expect(await refusalOf(() => channels.getChannel(as(member), { slug: "none" }))).toBe("forbidden");
    expect(await refusalOf(() => channels.getChannel(as(), { slug: "none" }))).toBe("not-found");
  });

  it("takes a stored selection that is none as one of nothing", async () => {
    await channels.createChannel(as(), draft("broken"));
    await db().channel.update({ where: { slug: "broken" }, data: { selection: { include: "all" } } });
    await channels.disableChannel(as(), { slug: "broken" });
    expect(await channels.getChannel(as(), { slug: "broken" })).toMatchObject({ selection: nothing, servers: 0 });
  });
});

describe("previewSelection", () => {
  it("says what appears, what disappears and what remains, of what resolves", async () => {
    await channels.createChannel(as(), draft("preview-me"));
    const selection = { include: [{ namespace: "com.acme" }], exclude: [{ tag: "finance" }] };
    expect(await channels.previewSelection(as(), { slug: "preview-me", selection })).toEqual({
      slug: "preview-me",
      edition: 1,
      appear: { total: 1, names: ["com.acme/weather"] },
      disappear: { total: 1, names: ["com.acme/ledger"] },
      total: 1,
    });
  });

  it("compares a channel that is not there yet with nothing", async () => {
    const preview = await channels.previewSelection(as(), { slug: "not-yet", selection: everything });
    expect(preview).toMatchObject({ edition: null, appear: { total: 2 }, disappear: { total: 0 }, total: 2 });
  });

  it("is for administrators, who need no fresh sign-in, and writes nothing", async () => {
    const preview = (actor: Ctx["actor"]) =>
      refusalOf(() => channels.previewSelection(as(actor), { slug: "default", selection: nothing }));
    expect(await preview(member)).toBe("forbidden");
    expect(await preview(nobody)).toBe("unauthenticated");
    stage.clock.advance(60 * 60_000);
    expect(await preview(admin)).toBe("allowed");
  });
});

describe("disableChannel and enableChannel", () => {
  it("close and open it, once each", async () => {
    await channels.createChannel(as(), draft("switch"));
    const disabled = await channels.disableChannel(as(), { slug: "switch" });
    expect(disabled).toMatchObject({ edition: 2, disabledAt: (await readLastEntry()).at.toISOString() });
    expect(await refusalOf(() => channels.disableChannel(as(), { slug: "switch" }))).toBe("state-conflict");
    expect(await channels.enableChannel(as(), { slug: "switch" })).toMatchObject({ edition: 3, disabledAt: null });
    expect(await refusalOf(() => channels.enableChannel(as(), { slug: "switch" }))).toBe("state-conflict");
    expect(await readLastEntry()).toMatchObject({ action: "channel.enable", subject: "switch" });
  });

  it("ask for an administrator, and to open for a fresh sign-in", async () => {
    await channels.createChannel(as(), draft("locked"));
    expect(await refusalOf(() => channels.disableChannel(as(member), { slug: "locked" }))).toBe("forbidden");
    expect(await refusalOf(() => channels.disableChannel(as(), { slug: "none" }))).toBe("not-found");
    stage.clock.advance(16 * 60_000);
    await channels.disableChannel(as(), { slug: "locked" });
    expect(await refusalOf(() => channels.enableChannel(as(), { slug: "locked" }))).toBe("reauthentication-required");
  });
});
