import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as channels from "#lib/channels/index.ts";
import type { Clause } from "#lib/channels/view.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { everything, plantServer, readLastEntry, readMoves } from "#lib/testing/channels.ts";
import { refusalOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
let admin: PersonActor;
let slug: string;

beforeAll(async () => {
  await stage.open();
  for (const name of ["com.acme/a", "com.acme/b", "com.beta/c"]) await plantServer(name);
  await plantServer("com.beta/never-approved", { resolvable: false });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
  slug = `c-${randomUUID().slice(0, 8)}`;
});

const select = (...include: Clause[]) => ({ include, exclude: [] });

async function make(...include: Clause[]) {
  const draft = { slug, label: "Channel", audience: "anonymous", selection: select(...include) };
  return channels.createChannel(stage.at(admin), draft);
}

const edit = (edition: number, patch: object) => channels.updateChannel(stage.at(admin), { slug, edition, ...patch });
const tag = (name: string, tags: string[]) => channels.tagServer(stage.at(admin), { name, tags });

describe("updateChannel", () => {
  it("notes exactly the servers that enter and leave, at the time of its entry", async () => {
    await make({ namespace: "com.acme" });
    expect(await readMoves(slug)).toEqual({});
    await edit(1, { selection: select({ server: "com.acme/a" }, { namespace: "com.beta" }) });
    const { at, action } = await readLastEntry();
    expect(action).toBe("channel.update");
    expect(await readMoves(slug)).toEqual({ "com.acme/b": at, "com.beta/c": at, "com.beta/never-approved": at });
  });

  it("moves again only what crosses again", async () => {
    await make({ namespace: "com.acme" });
    await edit(1, { selection: select() });
    const left = (await readLastEntry()).at;
    await edit(2, { selection: select({ server: "com.acme/a" }) });
    const back = (await readLastEntry()).at;
    expect(back.getTime()).toBeGreaterThan(left.getTime());
    expect(await readMoves(slug)).toEqual({ "com.acme/a": back, "com.acme/b": left });
  });

  it("moves nothing when label, audience or switches change, or the selection says the same in other words", async () => {
    await make({ namespace: "com.acme" });
    await edit(1, { label: "Other", audience: "token", serveV0: true, openToPeople: false });
    await edit(2, { selection: select({ server: "com.acme/a" }, { server: "COM.acme/b" }) });
    expect(await readMoves(slug)).toEqual({});
    expect(await channels.getChannel(stage.at(admin), { slug })).toMatchObject({
      label: "Other",
      audience: "token",
      serveV0: true,
      openToPeople: false,
      edition: 3,
    });
  });

  it("refuses an edit that started from another edition, naming the stored one", async () => {
    await make({ namespace: "com.acme" });
    await edit(1, { label: "First" });
    const late = () => edit(1, { selection: everything });
    expect(await refusalOf(late)).toBe("conflict");
    const error = await late().catch((thrown: unknown) => thrown);
    expect(isDomainError(error) && error.extensions).toEqual({ edition: 2 });
    expect(await readMoves(slug)).toEqual({});
  });

  it("lets one of two edits at once through", async () => {
    await make({ namespace: "com.acme" });
    const outcomes = await Promise.allSettled([edit(1, { selection: select() }), edit(1, { selection: everything })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(Object.keys(await readMoves(slug))).toHaveLength(2);
  });

  it("refuses without writing", async () => {
    await make({ namespace: "com.acme" });
    const member = await createPerson({}, stage.clock.now());
    const refused = (input: object, who = admin) =>
      refusalOf(() => channels.updateChannel(stage.at(who), { slug, edition: 1, ...input }));
    expect(await refused({})).toBe("invalid-input");
    expect(await refused({ slug: "renamed-slug", label: "x" })).toBe("not-found");
    expect(await refused({ audience: "capability" })).toBe("invalid-input");
    expect(await refused({ edition: 0, label: "x" })).toBe("invalid-input");
    expect(await refused({ selection: { include: [{ tag: "A" }], exclude: [] } })).toBe("invalid-input");
    expect(await refused({ label: "x" }, member)).toBe("forbidden");
    expect(await refusalOf(() => channels.updateChannel(stage.at(admin), { slug, label: "x" }))).toBe("invalid-input");
    stage.clock.advance(16 * 60_000);
    expect(await refused({ label: "x" })).toBe("reauthentication-required");
  });

  it("keeps a capability channel one, and the default channel without a secret", async () => {
    const draft = { slug, label: "Secret", audience: "capability", selection: everything };
    await channels.createChannel(stage.at(admin), draft);
    expect(await refusalOf(() => edit(1, { audience: "anonymous" }))).toBe("invalid-input");
    const become = { slug: "default", edition: 1, audience: "capability" };
    expect(await refusalOf(() => channels.updateChannel(stage.at(admin), become))).toBe("invalid-input");
  });
});

describe("tagServer", () => {
  it("notes every channel the server enters or leaves, and tells readers of the server", async () => {
    await make({ tag: "finance" });
    const seen = await tag("com.acme/a", ["finance", "beta", "finance"]);
    expect(seen).toMatchObject({ name: "com.acme/a", tags: ["beta", "finance"] });
    expect(seen.channels.map((channel) => channel.slug)).toEqual(expect.arrayContaining(["default", slug]));
    const entered = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(entered).toMatchObject({ action: "server.tag", serverName: "com.acme/a", namespace: "com.acme" });
    expect(await readMoves(slug)).toEqual({ "com.acme/a": entered.at });
    await tag("com.acme/a", ["beta"]);
    expect(await readMoves(slug)).toEqual({ "com.acme/a": (await readLastEntry()).at });
    expect((await tag("com.acme/a", [])).tags).toEqual([]);
  });

  it("moves nothing where the tag decides nothing, and writes nothing when the tags are the same", async () => {
    await make({ namespace: "com.acme" });
    await tag("com.acme/b", ["x"]);
    expect(await readMoves(slug)).toEqual({});
    expect(await refusalOf(() => tag("com.acme/b", ["x"]))).toBe("allowed");
  });

  it("refuses without writing", async () => {
    const member = await createPerson({ grants: [["publisher", "*"]] }, stage.clock.now());
    const refused = (input: object, who = admin) => refusalOf(() => channels.tagServer(stage.at(who), input));
    expect(await refused({ name: "com.acme/a", tags: ["A"] })).toBe("invalid-input");
    expect(await refused({ name: "com.acme/a", tags: Array.from({ length: 21 }, (_, at) => `t${at}`) })).toBe(
      "invalid-input",
    );
    expect(await refused({ name: "com.acme/a" })).toBe("invalid-input");
    expect(await refused({ name: "com.acme/none", tags: ["x"] })).toBe("not-found");
    expect(await refused({ name: "com.acme/a", tags: ["x"] }, member)).toBe("forbidden");
    stage.clock.advance(16 * 60_000);
    expect(await refused({ name: "com.acme/a", tags: ["x"] })).toBe("reauthentication-required");
  });

  it("and an edit at once leave the moves that their order says", async () => {
    await make({ tag: "race" });
    await Promise.all([tag("com.beta/c", ["race"]), edit(1, { selection: select({ namespace: "com.beta" }) })]);
    const { seq } = await db().ledgerEntry.findFirstOrThrow({
      orderBy: { seq: "desc" },
      where: { action: "server.tag" },
    });
    const update = await db().ledgerEntry.findFirstOrThrow({ where: { action: "channel.update", subject: slug } });
    const taggedFirst = seq < update.seq;
    const moved = (await readMoves(slug))["com.beta/c"];
    const tagged = await db().ledgerEntry.findUniqueOrThrow({ where: { seq } });
    expect(moved).toEqual(taggedFirst ? tagged.at : update.at);
  });
});

describe("listServerChannels", () => {
  it("names the channels that show a server, to those who may see it", async () => {
    await make({ namespace: "com.beta" });
    const publisher = await createPerson({ grants: [["publisher", "com.beta"]] }, stage.clock.now());
    const stranger = await createPerson({}, stage.clock.now());
    const list = (who: PersonActor, name: string) => channels.listServerChannels(stage.at(who), { name });
    expect((await list(stranger, "com.beta/c")).channels.map((channel) => channel.slug)).toContain(slug);
    expect((await list(stranger, "com.acme/a")).channels.map((channel) => channel.slug)).not.toContain(slug);
    expect((await list(publisher, "com.beta/never-approved")).channels.map((channel) => channel.slug)).toContain(slug);
    expect(await refusalOf(() => list(stranger, "com.beta/never-approved"))).toBe("not-found");
    await channels.disableChannel(stage.at(admin), { slug });
    expect((await list(stranger, "com.beta/c")).channels.map((channel) => channel.slug)).not.toContain(slug);
  });
});
