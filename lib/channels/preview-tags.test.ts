import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import * as channels from "#lib/channels/index.ts";
import type { Clause } from "#lib/channels/view.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { AccessStage } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { plantServer, readLastEntry, readMoves } from "#lib/testing/channels.ts";
import { refusalOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
const name = "com.acme/a";
let admin: PersonActor;

beforeAll(async () => {
  await stage.open();
  await plantServer(name, { tags: ["old"] });
  await plantServer("com.acme/never-approved", { resolvable: false });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.moveOn();
  admin = await stage.admin();
});

const preview = (tags: unknown, of = name, who = admin) => channels.previewTags(stage.at(who), { name: of, tags });

async function make(...include: Clause[]): Promise<string> {
  const slug = `c-${randomUUID().slice(0, 8)}`;
  const draft = { slug, label: `Label of ${slug}`, audience: "token", selection: { include, exclude: [] } };
  await channels.createChannel(stage.at(admin), draft);
  return slug;
}

const slugs = (crossed: { slug: string }[]) => crossed.map(({ slug }) => slug);

it("names the channels that would be entered and left, and says what tagging then does", async () => {
  const [leaving, entering, untouched] = [await make({ tag: "old" }), await make({ tag: "new" }), await make()];
  const seen = await preview(["new", "beta", "new"]);
  expect(seen).toMatchObject({ name, tags: ["beta", "new"], changes: true, resolvable: true });
  expect(seen.enters).toEqual([{ slug: entering, label: `Label of ${entering}`, audience: "token", disabled: false }]);
  expect(slugs(seen.leaves)).toEqual([leaving]);
  expect(await Promise.all([leaving, entering, untouched].map(readMoves))).toEqual([{}, {}, {}]);

  const tagged = await channels.tagServer(stage.at(admin), { name, tags: ["new", "beta"] });
  expect(tagged.channels).toHaveLength(seen.total);
  const { at } = await readLastEntry();
  expect(await Promise.all([leaving, entering, untouched].map(readMoves))).toEqual([
    { [name]: at },
    { [name]: at },
    {},
  ]);
  await channels.tagServer(stage.at(admin), { name, tags: ["old"] });
});

it("tells a disabled channel from one that answers", async () => {
  const slug = await make({ tag: "quiet" });
  const before = await preview(["old", "quiet"]);
  await channels.disableChannel(stage.at(admin), { slug });
  const after = await preview(["old", "quiet"]);
  expect(after.enters).toEqual(before.enters.map((channel) => ({ ...channel, disabled: true })));
  expect(after.total).toBe(before.total - 1);
});

it("says when nothing would change, and when no client would notice yet", async () => {
  expect(await preview(["old"])).toMatchObject({ changes: false, enters: [], leaves: [] });
  expect(await preview([], "com.acme/never-approved")).toMatchObject({ changes: false, resolvable: false });
});

it("is for administrators, who need no fresh sign-in, and refuses what tagging refuses", async () => {
  const member = await createPerson({ grants: [["publisher", "*"]] }, stage.clock.now());
  expect(await refusalOf(() => preview(["x"], name, member))).toBe("forbidden");
  expect(await refusalOf(() => preview(["x"], "com.acme/none", member))).toBe("forbidden");
  expect(await refusalOf(() => preview(["x"], "com.acme/none"))).toBe("not-found");
  expect(await refusalOf(() => preview(["Upper"]))).toBe("invalid-input");
  expect(await refusalOf(() => preview(Array.from({ length: 21 }, (_, at) => `t${at}`)))).toBe("invalid-input");
  stage.clock.advance(60 * 60_000);
  expect(await refusalOf(() => preview(["x"]))).toBe("allowed");
});
