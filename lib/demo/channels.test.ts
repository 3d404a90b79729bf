import { afterAll, beforeAll, expect, it } from "vitest";
import { disableChannel, getChannel, listServerChannels, updateChannel } from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { ensureChannels } from "#lib/demo/channels.ts";
import { AccessStage } from "#lib/testing/access-stage.ts";
import { plantServer } from "#lib/testing/channels.ts";

const stage = new AccessStage();
const servers = [
  "app.linear/linear",
  "com.microsoft/playwright-mcp",
  "io.github.github/github-mcp-server",
  "io.github.upstash/context7",
  "io.sentry/sentry-mcp",
];
let admin: PersonActor;

beforeAll(async () => {
  await stage.open();
  admin = await stage.admin();
  for (const name of servers) await plantServer(name);
});
afterAll(() => stage.close());

it("makes the demo's channels once, and a new secret address at each start", async () => {
  const first = await ensureChannels(stage.at(admin));
  expect(first.map(({ label }) => label)).toEqual(["Default", "Engineering", "Partners"]);
  const engineering = await getChannel(stage.at(admin), { slug: "engineering" });
  expect(engineering).toMatchObject({ audience: "token", servers: 3, edition: 1 });
  const change = { slug: "engineering", edition: 1, label: "Renamed" };
  await updateChannel(stage.at(admin), change);
  const second = await ensureChannels(stage.at(admin));
  expect(second.map(({ label }) => label)).toEqual(["Default", "Renamed", "Partners"]);
  expect(second[2]?.address).toMatch(/\/c\/partners\/csc_/);
  expect(second[2]?.address).not.toBe(first[2]?.address);
  const { secrets } = await getChannel(stage.at(admin), { slug: "partners" });
  expect(secrets.map(({ state }) => state).sort()).toEqual(["active", "expired"]);
  const { tags } = await listServerChannels(stage.at(admin), { name: "io.sentry/sentry-mcp" });
  expect(tags).toEqual(["customer-data", "developer-tools"]);
});

it("names no channel that was disabled since", async () => {
  for (const slug of ["default", "partners"]) await disableChannel(stage.at(admin), { slug });
  expect((await ensureChannels(stage.at(admin))).map(({ label }) => label)).toEqual(["Renamed"]);
});
