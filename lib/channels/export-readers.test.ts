import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createToken } from "#lib/access/index.ts";
import { createChannel, exportReaders } from "#lib/channels/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { everything, plantServer } from "#lib/testing/channels.ts";
import { refusalOf } from "#lib/testing/refusal-code.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

const stage = new AccessStage();
const read = { name: "com.acme/weather", version: "1.0.0" };
const head =
  "channel,channel_label,audience,reader,label,owner,owner_email,prefix,first_day,last_day,last_at,resolutions\r\n";
let admin: PersonActor;
let ids: Map<string, string>;

beforeAll(async () => {
  await stage.open();
  await plantServer(read.name);
  await plantServer("com.other/other");
  admin = await stage.admin();
  const draft = { slug: "team", label: "=Team", audience: "token", selection: everything };
  await createChannel(stage.at(admin), draft);
  ids = new Map((await db().channel.findMany()).map(({ slug, id }) => [slug, id]));
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
  await db().resolution.deleteMany();
});

async function count(slug: string, reader: string, day = "2026-11-20"): Promise<void> {
  const at = { day: new Date(`${day}T00:00:00Z`), lastAt: new Date(`${day}T18:00:00Z`) };
  await db().resolution.create({ data: { ...at, ...read, channelId: ids.get(slug) ?? "", reader, count: 2n } });
}

async function exported(actor: Ctx["actor"], filter: object = {}): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of await exportReaders(stage.at(actor), { ...read, ...filter })) pieces.push(piece);
  return pieces.join("");
}

describe("exportReaders", () => {
  it("has a line for each reader, with whom to call, in which nothing can act", async () => {
    const owner = await createPerson({ name: 'Mia "M" Member' }, stage.clock.now());
    const { email } = await db().person.findUniqueOrThrow({ where: { id: owner.personId } });
    const input = { label: "=cmd|x", scopes: ["resolve"], channels: ["team"], expiresInDays: 1 };
    const token = await createToken(stage.at(owner), input);
    await count("team", `token:${token.id}`);
    await count("team", `token:${token.id}`, "2026-11-22");
    await count("default", "");
    const lines = (await exported(admin)).split("\r\n").toSorted();
    expect(lines).toEqual(
      [
        "",
        head.trimEnd(),
        "default,Default,anonymous,anonymous,,,,,2026-11-20,2026-11-20,2026-11-20T18:00:00.000Z,2",
        `team,'=Team,token,token,'=cmd|x,"Mia ""M"" Member",${email},${token.prefix},2026-11-20,2026-11-22,2026-11-22T18:00:00.000Z,4`,
      ].toSorted(),
    );
  });

  it("holds every reader once, however many there are", async () => {
    const day = new Date("2026-11-20T00:00:00Z");
    const channelId = ids.get("team") ?? "";
    const many = Array.from({ length: 2000 }, (_, at) => `token:${String(at).padStart(5, "0")}`);
    const row = { day, lastAt: day, ...read, channelId, count: 1n };
    await db().resolution.createMany({ data: many.map((reader) => ({ ...row, reader })) });
    await count("default", "");
    const lines = (await exported(admin)).trimEnd().split("\r\n");
    expect(lines.length).toBe(2002);
    expect(lines.filter((line) => line.startsWith("team,")).length).toBe(2000);
  });

  it("is narrowed as the list is", async () => {
    await count("team", "token:x");
    await count("team", "secret:x");
    await count("default", "");
    const kinds = async (filter: object) =>
      (await exported(admin, filter))
        .split("\r\n")
        .slice(1, -1)
        .map((line) => line.split(",")[3]);
    expect(await kinds({ channel: "team" })).toEqual(["secret", "token"]);
    expect(await kinds({ kind: "anonymous" })).toEqual(["anonymous"]);
    expect(await exported(admin, { channel: "none" })).toBe(head);
  });
});

describe("who may export", () => {
  const person = (grants: [["reviewer" | "auditor" | "publisher", string]] | [], owns: string[] = []) =>
    createPerson({ grants, owns }, stage.clock.now());
  const auditToken = (namespaces: string[]): Ctx["actor"] => ({
    kind: "token",
    tokenId: "t",
    label: "t",
    ownerId: null,
    createdById: admin.personId,
    scopes: ["audit"],
    namespaces,
    grants: [],
    owns: [],
  });

  it.each<[string, () => Promise<Ctx["actor"]>, email: boolean]>([
    ["an administrator", async () => admin, true],
    ["an auditor", () => person([["auditor", "*"]]), true],
    ["a robot's token that audits", async () => auditToken(["*"]), true],
    ["an owner of the namespace", () => person([], ["com.acme"]), false],
    ["a reviewer of the namespace", () => person([["reviewer", "com.acme"]]), false],
  ])("%s", async (_who, actor, email) => {
    const owner = await createPerson({ name: "Mia" }, stage.clock.now());
    const known = await db().person.findUniqueOrThrow({ where: { id: owner.personId } });
    const input = { label: "editor", scopes: ["resolve"], channels: ["team"], expiresInDays: 1 };
    const token = await createToken(stage.at(owner), input);
    await count("team", `token:${token.id}`);
    const csv = await exported(await actor());
    expect([csv.includes("Mia"), csv.includes(known.email)]).toEqual([true, email]);
  });

  it.each<[string, () => Promise<Ctx["actor"]>, string]>([
    ["nobody", async () => nobody, "unauthenticated"],
    ["a member", () => person([]), "forbidden"],
    ["a publisher of the namespace", () => person([["publisher", "com.acme"]]), "forbidden"],
    ["a reviewer of another namespace", () => person([["reviewer", "com.other"]]), "forbidden"],
    ["an owner of another namespace", () => person([], ["com.other"]), "forbidden"],
    ["a token that audits one namespace", async () => auditToken(["com.acme"]), "forbidden"],
    ["our own processes", async () => ({ kind: "system", name: "worker" }), "forbidden"],
  ])("not %s, and whether the version exists is not said", async (_who, make, code) => {
    const actor = await make();
    const before = await readTableContents();
    for (const version of [read.version, "none"]) {
      expect(await refusalOf(() => exportReaders(stage.at(actor), { ...read, version }))).toBe(code);
    }
    expect(await readTableContents()).toEqual(before);
  });

  it("nothing for a version that is not there or a filter that is none", async () => {
    const attempt = (input: object) => refusalOf(() => exportReaders(stage.at(admin), { ...read, ...input }));
    expect(await attempt({ version: "none" })).toBe("not-found");
    expect(await attempt({ kind: "person" })).toBe("invalid-input");
    expect(await attempt({ page: 2 })).toBe("invalid-input");
  });
});
