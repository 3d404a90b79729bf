import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { channelRow, everything } from "#lib/resolver/testing/channels.ts";
import { LifecycleModel } from "#lib/resolver/testing/lifecycle-model.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, manifestBytes, now } from "#lib/resolver/testing/registry.ts";
import type { WireEntry, WirePage } from "#lib/resolver/testing/replica.ts";

// A channel that shows io.acme: what its readers see of a server that enters it, leaves it, or never was in it.

const registry = makeRegistry();
const name = "io.acme/weather";
const other = "com.other/files";
const day = 86_400_000;
const acme = { include: [{ namespace: "io.acme" }], exclude: [] };
const withoutWeather = { include: [{ namespace: "io.acme" }], exclude: [{ server: name }] };
const slug = "team";
const base = `/c/${slug}/v0.1`;
const versionsOf = (server: string) => `${base}/servers/${encodeURIComponent(server)}/versions`;
const blobOf = (version: string, server = name) =>
  `${base}/x/countersign/manifest/${digestOf(manifestBytes({ name: server, version }))}`;

let model: LifecycleModel;
let plane: TestPlane;

beforeEach(async () => {
  model = new LifecycleModel(registry);
  model.source.access.channels.push(channelRow(slug, { selection: acme }));
  for (const server of [name, "io.acme/files", other]) model.approve(server, "1.0.0", 30 * day);
  plane = await listenPlane({ registry, source: model.source });
  await plane.start();
});
afterEach(() => plane.close());

/** Does something and waits until the reader has it. */
async function followed(change: () => void): Promise<void> {
  change();
  const last = model.source.ledger.at(-1)?.seq;
  await expect.poll(() => plane.health().ledgerSeq, { interval: 5 }).toBe(last);
}

async function status(path: string): Promise<number> {
  return (await plane.ask(path)).status;
}

async function list(query: string): Promise<WireEntry[]> {
  return (await plane.ask(`${base}/servers${query}`)).json<WirePage>().servers;
}

const official = (entry: WireEntry | undefined) => entry?._meta["io.modelcontextprotocol.registry/official"];
const named = (entries: WireEntry[]) => entries.map(({ server }) => `${server.name}@${server.version}`);
const lastAt = () => new Date(model.source.at).toISOString();

describe("a server that left", () => {
  beforeEach(() => followed(() => model.editChannel(slug, withoutWeather)));

  it("is the same 404 as one that never was, to whoever does not ask for deleted ones", async () => {
    const never = await plane.ask(versionsOf("io.acme/never"));
    for (const path of [versionsOf(name), `${versionsOf(name)}/latest`, `${versionsOf(name)}/1.0.0`]) {
      const { status: code, json } = await plane.ask(path);
      expect([code, { ...json(), requestId: "" }]).toEqual([404, { ...never.json(), requestId: "" }]);
    }
    expect(await status(blobOf("1.0.0"))).toBe(404);
    expect(await status(`${versionsOf(name)}/latest?include_deleted=true`)).toBe(404);
    expect(named(await list(""))).toEqual(["io.acme/files@1.0.0"]);
    expect(named(await list("?search=weather"))).toEqual([]);
    expect((await plane.ask(versionsOf("io.acme/weathe"))).json().suggestions).toBeUndefined();
  });

  it("is deleted, as of when it left, to who asks for deleted ones", async () => {
    const expected = {
      status: "deleted",
      statusMessage: "No longer in this channel.",
      statusChangedAt: lastAt(),
      updatedAt: lastAt(),
      isLatest: false,
    };
    const { json } = await plane.ask(`${versionsOf(name)}/1.0.0?include_deleted=true`);
    expect(official(json<WireEntry>())).toMatchObject(expected);
    const listed = (await plane.ask(`${versionsOf(name)}?include_deleted=true`)).json<WirePage>().servers;
    expect(listed).toEqual([json()]);
    expect((await list("?include_deleted=true")).slice(1)).toEqual([json()]);
    expect(await list(`?updated_since=${new Date(model.source.at - 1).toISOString()}`)).toEqual([json()]);
    expect(await list(`?updated_since=${lastAt()}`)).toEqual([]);
    expect(await list("?include_deleted=true&search=weather")).toEqual([json()]);
    expect(await status(`${blobOf("1.0.0")}?include_deleted=true`)).toBe(200);
  });

  it("shows nothing of what happens to it outside, not by one byte", async () => {
    const urls = [
      `${versionsOf(name)}?include_deleted=true`,
      `${versionsOf(name)}/1.0.0?include_deleted=true`,
      `${base}/servers?include_deleted=true`,
      `${base}/servers?updated_since=1970-01-01T00:00:00Z`,
    ];
    const seen = async () => Promise.all(urls.map(async (url) => (await plane.ask(url)).body.toString()));
    const before = await seen();
    await followed(() => model.approve(name, "2.0.0", 30 * day));
    await followed(() => model.approve(name, "1.0.0", 60 * day));
    await followed(() => model.revoke(name, "1.0.0"));
    await followed(() => model.quarantine(name, "2.0.0"));
    expect(await seen()).toEqual(before);
    expect(await status(`${versionsOf(name)}/2.0.0?include_deleted=true`)).toBe(404);
    expect(await status(`${blobOf("2.0.0")}?include_deleted=true`)).toBe(404);
  });

  it("gives the bytes of its first countersignature, never those of a later one", async () => {
    const blobs = () => {
      const { approvals } = model.source.servers.get(name)?.[0] ?? { approvals: [] };
      return approvals.map(({ sha256 }) => `${base}/x/countersign/approval/sha256:${sha256}?include_deleted=true`);
    };
    await followed(() => model.approve(name, "1.0.0", 60 * day));
    expect(await Promise.all(blobs().map(status))).toEqual([200, 404]);
    await followed(() => model.editChannel(slug, acme));
    expect(await Promise.all(blobs().map(status))).toEqual([404, 200]);
  });

  it("is still hidden when its approval expires", async () => {
    const { body } = await plane.ask(`${versionsOf(name)}?include_deleted=true`);
    plane.setClock(now + 31 * day);
    expect((await plane.ask(`${versionsOf(name)}?include_deleted=true`)).body).toEqual(body);
  });

  it("comes back with everything it has by then, newer than when it came", async () => {
    await followed(() => model.approve(name, "2.0.0", 30 * day));
    await followed(() => model.editChannel(slug, acme));
    const back = (await plane.ask(versionsOf(name))).json<WirePage>().servers;
    expect(named(back)).toEqual([`${name}@2.0.0`, `${name}@1.0.0`]);
    expect(back.map(official)).toMatchObject([
      { status: "active", updatedAt: lastAt(), isLatest: true },
      { status: "active", updatedAt: lastAt(), isLatest: false },
    ]);
    expect(named(await list("?search=weather&version=latest"))).toEqual([`${name}@2.0.0`]);
  });

  it("is the same after a restart of the reader", async () => {
    const url = `${base}/servers?include_deleted=true`;
    const again = await listenPlane({ registry, source: model.source });
    await again.start();
    expect((await again.ask(url)).body).toEqual((await plane.ask(url)).body);
    await again.close();
  });
});

describe("a server that entered", () => {
  it("is seen as the catalogue has it, but as changed when it came", async () => {
    await followed(() => model.editChannel(slug, everything));
    const [entered] = (await plane.ask(versionsOf(other))).json<WirePage>().servers;
    expect(official(entered)).toMatchObject({ status: "active", updatedAt: lastAt(), isLatest: true });
    const whole = (await plane.ask(`/v0.1/servers/${encodeURIComponent(other)}/versions/latest`)).json<WireEntry>();
    expect(official(whole)?.updatedAt).not.toBe(lastAt());
    expect({ ...official(entered), updatedAt: "" }).toEqual({ ...official(whole), updatedAt: "" });
    // What was there before is untouched.
    expect(official((await list("?search=files"))[1])?.updatedAt).not.toBe(lastAt());
  });

  it("shows later changes with their own time", async () => {
    await followed(() => model.editChannel(slug, everything));
    await followed(() => model.revoke(other, "1.0.0"));
    const { json } = await plane.ask(`${versionsOf(other)}/1.0.0?include_deleted=true`);
    expect(official(json<WireEntry>())).toMatchObject({ status: "deleted", updatedAt: lastAt() });
  });

  it("expires by the clock like any other", async () => {
    await followed(() => model.editChannel(slug, everything));
    plane.setClock(now + 31 * day);
    expect(await status(versionsOf(other))).toBe(404);
    const { json } = await plane.ask(`${versionsOf(other)}/1.0.0?include_deleted=true`);
    expect(official(json<WireEntry>())?.status).toBe("deleted");
  });
});

describe("tags", () => {
  it("move a server in and out", async () => {
    await followed(() => model.editChannel(slug, { include: [{ tag: "weather" }], exclude: [] }));
    expect(named(await list(""))).toEqual([]);
    await followed(() => model.tagServer(other, ["weather"]));
    expect(named(await list(""))).toEqual([`${other}@1.0.0`]);
    await followed(() => model.tagServer(other, []));
    expect(named(await list(""))).toEqual([]);
    const gone = await list("?include_deleted=true");
    expect(named(gone)).toEqual([`${other}@1.0.0`, "io.acme/files@1.0.0", `${name}@1.0.0`]);
    expect(official(gone[0])?.updatedAt).toBe(lastAt());
  });
});
