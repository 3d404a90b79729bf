import { expect, it } from "vitest";
import { verifyServer, verifyServerInTurns } from "#lib/resolver/loading/verify-server.ts";
import type { ServerRecord } from "#lib/resolver/source.ts";
import { makeRegistry, makeVersion } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const versions = Array.from({ length: 300 }, (_, at) =>
  makeVersion(registry, { name, version: `1.0.${at}`, row: at % 50 === 7 ? { state: "pending" } : {} }),
);
const server: ServerRecord = { name, versions };

it("gives the same in turns as at once", async () => {
  const inTurns = await verifyServerInTurns(server, registry);
  expect(inTurns).toEqual(verifyServer(server, registry));
  expect([inTurns.versions.length, inTurns.refused.length]).toEqual([294, 6]);
  expect(await verifyServerInTurns({ name, versions: [] }, registry)).toEqual({ name, versions: [], refused: [] });
});

it("lets others have their turn meanwhile", async () => {
  let turns = 0;
  let done = false;
  const count = () => {
    turns++;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await verifyServerInTurns(server, registry);
  done = true;
  expect(turns).toBeGreaterThanOrEqual(4);
});
