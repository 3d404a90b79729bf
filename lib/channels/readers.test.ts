import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createToken, revokeToken } from "#lib/access/index.ts";
import * as channels from "#lib/channels/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { everything, plantServer } from "#lib/testing/channels.ts";
import { codeOf, refusalOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
const system = () => stage.at({ kind: "system", name: "worker" });
const read = { name: "com.acme/weather", version: "1.0.0" };
let admin: PersonActor;
let channelIds: Map<string, string>;

beforeAll(async () => {
  await stage.open();
  await plantServer(read.name);
  admin = await stage.admin();
  const make = (slug: string, audience: string) =>
    channels.createChannel(stage.at(admin), { slug, label: `The ${slug}`, audience, selection: everything });
  await make("team", "token");
  await make("partner", "capability");
  channelIds = new Map((await db().channel.findMany()).map(({ slug, id }) => [slug, id]));
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
  await db().resolution.deleteMany();
});

async function count(slug: string, reader: string, day: string, times: number, version = read.version): Promise<void> {
  const channelId = channelIds.get(slug) ?? "";
  const at = { day: new Date(`${day}T00:00:00Z`), lastAt: new Date(`${day}T18:00:00Z`) };
  await db().resolution.create({ data: { ...at, channelId, reader, name: read.name, version, count: BigInt(times) } });
}

describe("listReaders", () => {
  it("adds up days, and names tokens, addresses and channels as people know them", async () => {
    const owner = await createPerson({ name: "Mia Member" }, stage.clock.now());
    const day = { expiresInDays: 1 };
    const token = await createToken(stage.at(owner), {
      label: "editor",
      scopes: ["resolve"],
      channels: ["team"],
      ...day,
    });
    await revokeToken(stage.at(owner), { id: token.id });
    const secret = await db().channelSecret.findFirstOrThrow();
    await count("team", `token:${token.id}`, "2026-11-20", 2);
    await count("team", `token:${token.id}`, "2026-11-22", 3);
    await count("partner", `secret:${secret.id}`, "2026-11-21", 7);
    await count("default", "", "2026-11-19", 1);
    await count("default", "", "2026-11-22", 9, "2.0.0");
    const { readers, ...rest } = await channels.listReaders(stage.at(admin), read);
    expect(rest).toEqual({
      total: 3,
      page: 1,
      pages: 1,
      channels: [
        { slug: "default", label: "Default" },
        { slug: "partner", label: "The partner" },
        { slug: "team", label: "The team" },
      ],
      keptDays: 400,
    });
    expect(readers).toEqual([
      {
        channel: { slug: "team", label: "The team", audience: "token" },
        reader: { kind: "token", label: "editor", owner: "Mia Member", prefix: token.prefix },
        firstDay: "2026-11-20",
        lastDay: "2026-11-22",
        lastAt: "2026-11-22T18:00:00.000Z",
        count: 5,
      },
      {
        channel: { slug: "partner", label: "The partner", audience: "capability" },
        reader: { kind: "secret", label: null, owner: null, prefix: secret.prefix },
        firstDay: "2026-11-21",
        lastDay: "2026-11-21",
        lastAt: "2026-11-21T18:00:00.000Z",
        count: 7,
      },
      {
        channel: { slug: "default", label: "Default", audience: "anonymous" },
        reader: { kind: "anonymous", label: null, owner: null, prefix: null },
        firstDay: "2026-11-19",
        lastDay: "2026-11-19",
        lastAt: "2026-11-19T18:00:00.000Z",
        count: 1,
      },
    ]);
    expect(JSON.stringify(readers)).not.toContain(secret.secretHash);
  });

  it("comes in pages that hold every reader once, the latest first, and says how many there are", async () => {
    const days = Array.from({ length: 7 }, (_, at) => `2026-11-0${at + 1}`);
    for (const day of days) await count("team", `token:${day}`, day, 1);
    await count("team", `token:${days[0]}`, "2026-10-01", 1);
    const pages = [1, 2, 3, 4].map((page) => channels.listReaders(stage.at(admin), { ...read, page, limit: 3 }));
    const [first, second, third, beyond] = await Promise.all(pages);
    expect([first, second, third].flatMap((page) => page?.readers.map(({ lastDay }) => lastDay))).toEqual(
      days.toReversed(),
    );
    for (const [at, view] of [first, second, third, beyond].entries()) {
      expect(view).toMatchObject({ total: 7, page: at + 1, pages: 3 });
    }
    expect(beyond?.readers).toEqual([]);
    expect((await channels.listReaders(stage.at(admin), read)).readers.length).toBe(7);
  });

  it("orders readers seen at the same time alike on every page", async () => {
    for (const slug of ["default", "team", "partner"]) await count(slug, "", "2026-11-01", 1);
    const slugs: (string | undefined)[] = [];
    for (const page of [1, 2, 3]) {
      const { readers } = await channels.listReaders(stage.at(admin), { ...read, page, limit: 1 });
      slugs.push(readers[0]?.channel.slug);
    }
    expect(slugs.toSorted()).toEqual(["default", "partner", "team"]);
  });

  it("is narrowed by channel and by kind of reader, and says what it could be narrowed by", async () => {
    await count("team", "token:a", "2026-11-01", 1);
    await count("partner", "token:b", "2026-11-02", 1);
    await count("partner", "secret:c", "2026-11-03", 1);
    await count("default", "", "2026-11-04", 1);
    const list = async (filter: object) => {
      const view = await channels.listReaders(stage.at(admin), { ...read, ...filter });
      expect(view.channels.map(({ slug }) => slug)).toEqual(["default", "partner", "team"]);
      expect(view.total).toBe(view.readers.length);
      return view.readers.map(({ channel, reader }) => `${channel.slug} ${reader.kind}`);
    };
    expect(await list({ channel: "partner" })).toEqual(["partner secret", "partner token"]);
    expect(await list({ kind: "token" })).toEqual(["partner token", "team token"]);
    expect(await list({ kind: "anonymous" })).toEqual(["default anonymous"]);
    expect(await list({ channel: "partner", kind: "secret" })).toEqual(["partner secret"]);
    expect(await list({ channel: "team", kind: "secret" })).toEqual([]);
    expect(await list({ channel: "none" })).toEqual([]);
    expect(await list({ channel: "partner' OR ''='" })).toEqual([]);
  });

  it.each([
    { page: 0 },
    { page: 10_001 },
    { page: "x" },
    { limit: 0 },
    { limit: 201 },
    { kind: "person" },
    { channel: "x".repeat(101) },
    { since: "2026-11-01" },
  ])("refuses %j, after asking who wants to know", async (query) => {
    const list = (actor: Ctx["actor"]) => refusalOf(() => channels.listReaders(stage.at(actor), { ...read, ...query }));
    expect(await list(admin)).toBe("invalid-input");
    expect(await list(await createPerson({}, stage.clock.now()))).toBe("forbidden");
  });

  it("keeps a line for a reader nothing is known of", async () => {
    await count("team", "token:00000000-0000-4000-8000-000000000000", "2026-11-20", 1);
    await count("team", "secret:not an id", "2026-11-20", 1);
    const { readers } = await channels.listReaders(stage.at(admin), read);
    const unknown = { label: null, owner: null, prefix: null };
    expect(readers.map(({ reader }) => reader)).toEqual([
      { kind: "secret", ...unknown },
      { kind: "token", ...unknown },
    ]);
  });

  it("is for auditors, administrators, and the namespace's reviewers and owners", async () => {
    const now = stage.clock.now();
    const person = (...grants: [["reviewer" | "auditor" | "publisher", string]] | []) => createPerson({ grants }, now);
    const list = (actor: Ctx["actor"], input: object = read) =>
      refusalOf(() => channels.listReaders(stage.at(actor), input));
    const owner = await createPerson({ owns: ["com.acme"] }, now);
    for (const allowed of [admin, owner, await person(["auditor", "*"]), await person(["reviewer", "com.acme"])]) {
      expect(await list(allowed)).toBe("allowed");
    }
    const outsiders = [
      await person(),
      await person(["publisher", "com.acme"]),
      await person(["reviewer", "com.other"]),
    ];
    for (const outsider of outsiders) {
      expect(await list(outsider)).toBe("forbidden");
      expect(await list(outsider, { ...read, version: "none" })).toBe("forbidden");
    }
    expect(await list(nobody)).toBe("unauthenticated");
    expect(await list(admin, { ...read, version: "none" })).toBe("not-found");
    expect(await list(admin, { name: read.name })).toBe("invalid-input");
  });

  it("answers an auditing token, no other", async () => {
    const auditor = await createPerson({ grants: [["auditor", "*"]], owns: ["com.acme"] }, stage.clock.now());
    const actor = (scopes: ("audit" | "read")[]) =>
      ({
        kind: "token",
        tokenId: "t",
        label: "t",
        ownerId: auditor.personId,
        createdById: auditor.personId,
        scopes,
        namespaces: ["*"],
        grants: auditor.grants,
        owns: auditor.owns,
      }) as const;
    expect(await codeOf(channels.listReaders(stage.at(actor(["audit"])), read))).toBe("allowed");
    expect(await codeOf(channels.listReaders(stage.at(actor(["read"])), read))).toBe("forbidden");
  });
});

describe("listChannelReaders", () => {
  it("is of one channel and the last 30 days, for administrators and auditors", async () => {
    await count("default", "", "2026-11-10", 4);
    await count("default", "", "2026-11-11", 4, "2.0.0");
    await count("default", "", "2026-10-10", 4);
    await count("team", "token:x", "2026-11-10", 4);
    const list = (actor: PersonActor, slug = "default") => channels.listChannelReaders(stage.at(actor), { slug });
    const { readers, ...rest } = await list(admin);
    const ofDefault = [{ slug: "default", label: "Default" }];
    expect(rest).toEqual({ total: 1, page: 1, pages: 1, channels: ofDefault, keptDays: 400 });
    expect(readers).toMatchObject([{ firstDay: "2026-11-10", lastDay: "2026-11-11", count: 8 }]);
    const member = await createPerson({}, stage.clock.now());
    expect(await refusalOf(() => list(member))).toBe("forbidden");
    expect(await refusalOf(() => list(member, "none"))).toBe("forbidden");
    expect(await refusalOf(() => list(admin, "none"))).toBe("not-found");
  });

  it("comes in pages", async () => {
    await count("team", "token:x", "2026-11-10", 1);
    await count("team", "token:y", "2026-11-11", 1);
    const list = (page: number) => channels.listChannelReaders(stage.at(admin), { slug: "team", page, limit: 1 });
    expect(await list(1)).toMatchObject({ total: 2, pages: 2, readers: [{ lastDay: "2026-11-11" }] });
    expect(await list(2)).toMatchObject({ total: 2, pages: 2, readers: [{ lastDay: "2026-11-10" }] });
    expect(await list(3)).toMatchObject({ total: 2, pages: 2, readers: [] });
    expect(await refusalOf(() => list(0))).toBe("invalid-input");
  });
});

describe("forgetResolutions", () => {
  it("removes what is older than 400 days, and nothing else", async () => {
    await count("default", "", "2025-10-17", 1);
    await count("default", "", "2025-10-18", 1);
    await count("default", "", "2026-11-22", 1);
    expect(stage.clock.now().toISOString()).toBe("2026-11-22T12:00:00.000Z");
    expect(await channels.forgetResolutions(system())).toBe(1);
    const left = await db().resolution.findMany({ orderBy: { day: "asc" } });
    expect(left.map(({ day }) => day.toISOString().slice(0, 10))).toEqual(["2025-10-18", "2026-11-22"]);
  });

  it("is for our own processes", async () => {
    await count("default", "", "2020-01-01", 1);
    expect(await refusalOf(() => channels.forgetResolutions(stage.at(admin)))).toBe("forbidden");
  });
});
