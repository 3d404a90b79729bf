import { afterAll, beforeAll, expect, it } from "vitest";
import { createChannel, listChannelServers } from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { AccessStage, nobody } from "#lib/testing/access-stage.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { plantServer } from "#lib/testing/channels.ts";
import { codeOf } from "#lib/testing/refusal-code.ts";

const stage = new AccessStage();
let admin: PersonActor;

beforeAll(async () => {
  await stage.open();
  admin = await stage.admin();
  for (const name of ["com.acme/b", "com.acme/a", "com.beta/c"]) await plantServer(name);
  await plantServer("com.acme/never-approved", { resolvable: false });
  const selection = { include: [{ namespace: "com.acme" }], exclude: [] };
  await createChannel(stage.at(admin), { slug: "acme", label: "Acme", audience: "anonymous", selection });
});
afterAll(() => stage.close());

it("names the servers a client finds there, in order", async () => {
  const auditor = await createPerson({ grants: [["auditor", "*"]] }, stage.clock.now());
  const expected = { total: 2, names: ["com.acme/a", "com.acme/b"] };
  expect(await listChannelServers(stage.at(auditor), { slug: "acme" })).toEqual(expected);
  expect((await listChannelServers(stage.at(admin), { slug: "default" })).total).toBe(3);
});

it("is for administrators and auditors, whether or not there is such a channel", async () => {
  const member = await createPerson({}, stage.clock.now());
  for (const slug of ["acme", "none"]) {
    expect(await codeOf(listChannelServers(stage.at(member), { slug }))).toBe("forbidden");
    expect(await codeOf(listChannelServers(stage.at(nobody), { slug }))).toBe("unauthenticated");
  }
  expect(await codeOf(listChannelServers(stage.at(admin), { slug: "none" }))).toBe("not-found");
});
