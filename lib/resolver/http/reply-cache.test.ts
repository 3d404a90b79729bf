import { expect, it } from "vitest";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Channels } from "#lib/resolver/channels/channels.ts";
import { PartedBody } from "#lib/resolver/http/parted-body.ts";
import { jsonType, type Reply } from "#lib/resolver/http/reply.ts";
import { ReplyCache } from "#lib/resolver/http/reply-cache.ts";
import { now } from "#lib/resolver/testing/registry.ts";

const catalogue = new Catalogue(now);
const channels = {} as Channels;
const settled = () => new ReplyCache().settle(catalogue, channels, now);

function makeReply(looked: number): Reply {
  const body = new PartedBody([Buffer.from("[1"), Buffer.from(",2]")]);
  return { status: 200, body, contentType: jsonType, etag: '"tag"', encodable: true, looked };
}

it("keeps nothing of a question that is asked once", () => {
  const cache = settled();
  const reply = makeReply(30);
  expect(cache.offer("question", reply)).toBe(reply);
  expect(cache.get("question")).toBeUndefined();
});

it("keeps the answer to a question that is asked again, in one piece and with its headers", () => {
  const cache = settled();
  cache.offer("question", makeReply(30));
  const sent = cache.offer("question", makeReply(30));
  expect(cache.get("question")).toBe(sent);
  expect(sent.body).toEqual(Buffer.from("[1,2]"));
  expect(sent.plainHeaders?.whole).toEqual(expect.arrayContaining(["content-length", "5", "etag", '"tag"']));
  expect(sent.plainHeaders?.known).not.toContain("content-length");
  expect(cache.get("another question")).toBeUndefined();
});

it("keeps at once what took work", () => {
  const cache = settled();
  cache.offer("question", makeReply(200));
  expect(cache.get("question")?.body).toEqual(Buffer.from("[1,2]"));
});

it.each<[string, (cache: ReplyCache) => void]>([
  ["the ledger went on", (cache) => cache.settle(catalogue, channels, now + 1)],
  ["the catalogue is another", (cache) => cache.settle(new Catalogue(now), channels, now)],
  ["channels are others", (cache) => cache.settle(catalogue, {} as Channels, now)],
])("forgets answers, but not that they were asked for, when %s", (_what, change) => {
  const cache = settled();
  cache.offer("question", makeReply(200));
  change(cache);
  expect(cache.get("question")).toBeUndefined();
  cache.offer("question", makeReply(30));
  expect(cache.get("question")?.body).toEqual(Buffer.from("[1,2]"));
});
