import { afterAll, beforeAll, expect, it } from "vitest";
import { listTags } from "#lib/channels/index.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { plantServer } from "#lib/testing/channels.ts";
import { codeOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();

beforeAll(async () => {
  await stage.open();
  await plantServer("com.acme/a", { tags: ["internal", "finance"] });
  await plantServer("com.acme/b", { tags: ["finance"], resolvable: false });
});
afterAll(() => stage.close());

it("names each tag once, in order, also of what does not resolve", async () => {
  expect(await listTags(stage.at(await stage.admin()))).toEqual(["finance", "internal"]);
});

it("is for administrators", async () => {
  const auditor = await createPerson({ grants: [["auditor", "*"]] }, stage.clock.now());
  expect(await codeOf(listTags(stage.at(auditor)))).toBe("forbidden");
  expect(await codeOf(listTags(stage.at(nobody)))).toBe("unauthenticated");
});
