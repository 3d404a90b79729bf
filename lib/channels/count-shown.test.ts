import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { countShown } from "#lib/channels/count-shown.ts";
import * as channels from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { AccessStage } from "#lib/testing/access-stage.ts";
import { plantServer } from "#lib/testing/channels.ts";

const stage = new AccessStage();
const finance = { include: [{ tag: "finance" }], exclude: [] };
const draft = { label: "Finance", audience: "anonymous", selection: finance };
let admin: PersonActor;

beforeAll(async () => {
  await stage.open();
  await plantServer("com.acme/ledger", { tags: ["finance"] });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
});

const as = () => stage.at(admin);
const shown = async (slug: string) => (await channels.listChannels(as())).find((row) => row.slug === slug)?.servers;

it("counts once for all callers, and again when the ledger has moved", async () => {
  await channels.createChannel(as(), { ...draft, slug: "finance" });
  expect(await shown("finance")).toBe(1);
  const [first, second] = await Promise.all([countShown(as().now()), countShown(as().now())]);
  expect(second).toBe(first);
  await plantServer("com.acme/other", { tags: ["finance"] });
  expect(await countShown(as().now())).toBe(first);
  await channels.tagServer(as(), { name: "com.acme/ledger", tags: ["finance", "new"] });
  expect(await shown("finance")).toBe(2);
  expect((await channels.getChannel(as(), { slug: "finance" })).servers).toBe(2);
});

it("counts again when the first of what is counted has expired, and when the clock is set back", async () => {
  await channels.createChannel(as(), { ...draft, slug: "ending" });
  const now = as().now();
  const later = new Date(now.getTime() + 1000);
  await plantServer("com.acme/ending", { tags: ["finance"] });
  await db().version.updateMany({ where: { server: { name: "com.acme/ending" } }, data: { expiresAt: later } });
  await channels.createChannel(as(), { ...draft, slug: "mark" });
  const { id = "" } = (await db().channel.findUnique({ where: { slug: "ending" } })) ?? {};
  const countAt = async (time: Date) => (await countShown(time)).get(id);
  const all = await countAt(now);
  expect(await countAt(new Date(later.getTime() - 1))).toBe(all);
  expect(await countAt(later)).toBe((all ?? 0) - 1);
  expect(await countAt(now)).toBe(all);
});
