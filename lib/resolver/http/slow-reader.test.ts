import { connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeCursor } from "#lib/resolver/http/cursor.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion } from "#lib/resolver/testing/registry.ts";

const filter = { search: null, version: null, updatedSince: null, includeDeleted: false };
/** More than the system takes of an answer that nobody reads. */
const questions = 100;

let plane: TestPlane;

beforeAll(async () => {
  const registry = makeRegistry();
  const source = new MemorySource();
  for (let id = 100; id < 130; id++) {
    const name = `io.acme/server-${id}`;
    source.set(name, makeVersion(registry, { name, version: "1.0.0", description: `${id}`.repeat(2000) }));
  }
  plane = await listenPlane({ registry, source });
  await plane.start();
});
afterAll(() => plane.close());

/** The page after one server, as a question that was never asked before. */
function pageAfter(id: number, spelling: number): string {
  const after = { name: `io.acme/server-${100 + (id % 12)}`, version: `9.${spelling}` };
  return `/v0.1/servers?limit=${18 - (id % 5)}&cursor=${encodeCursor({ after, filter, until: null })}`;
}

it("whoever reads slowly gets every answer as it was made, whatever others ask meanwhile", async () => {
  const expected = await Promise.all(
    Array.from({ length: questions }, async (_, id) => (await plane.ask(pageAfter(id, 0))).body),
  );
  const slow = connect({ port: plane.port, host: "127.0.0.1", allowHalfOpen: true }).pause();
  const heads = Array.from({ length: questions }, (_, id) => `GET ${pageAfter(id, 1)} HTTP/1.1\r\nHost: localhost\r\n`);
  const [last = "", ...rest] = heads.toReversed();
  slow.write(`${rest.toReversed().join("\r\n")}\r\n${last}Connection: close\r\n\r\n`);
  for (let id = 0; id < questions; id++) await plane.ask(pageAfter(id + 7, 2));
  const received = await buffer(slow);
  let at = 0;
  for (const [id, body] of expected.entries()) {
    const start = received.indexOf("\r\n\r\n", at) + 4;
    at = start + body.length;
    expect(received.subarray(start, at).equals(body), `answer ${id}`).toBe(true);
  }
  expect(at).toBe(received.length);
});
