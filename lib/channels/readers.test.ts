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
    const { readers, complete, keptDays } = await channels.listReaders(stage.at(admin), read);
    expect({ complete, keptDays }).toEqual({ complete: true, keptDays: 400 });
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
    expect((await list(admin)).readers).toMatchObject([{ firstDay: "2026-11-10", lastDay: "2026-11-11", count: 8 }]);
    const member = await createPerson({}, stage.clock.now());
    expect(await refusalOf(() => list(member))).toBe("forbidden");
    expect(await refusalOf(() => list(member, "none"))).toBe("forbidden");
    expect(await refusalOf(() => list(admin, "none"))).toBe("not-found");
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
