import { beforeEach, expect, it } from "vitest";
import type { Digest } from "#lib/core/digest.ts";
import { DigestIndex, digestKeys } from "#lib/resolver/catalogue/digest-index.ts";
import { approvalMetaOf, namedDigests, namesDigest } from "#lib/resolver/catalogue/signed-head.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import {
  approvalRecord,
  makePredicate,
  makeRegistry,
  makeVersion,
  manifestBytes,
} from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const texts = { name: "io.acme/weather", version: "1.0.0" };
const facts = verifyVersion(texts.name, makeVersion(registry, texts), registry);
const digests = namedDigests(approvalMetaOf(facts));

let index: DigestIndex;
beforeEach(() => {
  index = new DigestIndex();
});
const serversOf = (digest: Digest) => [...index.serversOf(digest)].sort();

it("finds a server by every digest its versions name", () => {
  index.add(texts.name, digestKeys([facts]));
  expect(Object.keys(digests)).toEqual(["manifest", "approval", "bundle", "trusted-root"]);
  for (const digest of Object.values(digests).flat()) expect(serversOf(digest)).toEqual([texts.name]);
});

it("finds a renewed version by its first countersignature too", () => {
  const row = makeVersion(registry, texts);
  row.approvals.push(approvalRecord(registry, manifestBytes(texts), makePredicate(texts, { round: 2 })));
  const renewed = verifyVersion(texts.name, { ...row, round: 2 }, registry);
  index.add(texts.name, digestKeys([renewed]));
  const rounds = row.approvals.map(({ sha256 }): Digest => `sha256:${sha256}`);
  expect(rounds.map(serversOf)).toEqual([[texts.name], [texts.name]]);
  expect(rounds.map((digest) => namesDigest(approvalMetaOf(renewed), "approval", digest))).toEqual([false, true]);
});

it("keeps servers that share a digest apart", () => {
  const [shared] = digests["trusted-root"] as [Digest];
  for (const server of ["a", "b", "c", "b"]) index.add(server, digestKeys([facts]));
  expect(serversOf(shared)).toEqual(["a", "b", "c"]);
  index.remove("b", digestKeys([facts]));
  index.remove("never there", digestKeys([facts]));
  expect(serversOf(shared)).toEqual(["a", "c"]);
  for (const server of ["a", "c", "c"]) index.remove(server, digestKeys([facts]));
  expect(serversOf(shared)).toEqual([]);
});

it("takes digests that begin alike for one, so that whoever asks has to look", () => {
  const [manifest] = digests.manifest as [Digest];
  const alike: Digest = `${manifest.slice(0, 15)}${"0".repeat(56)}` as Digest;
  index.add(texts.name, digestKeys([facts]));
  expect(serversOf(alike)).toEqual([texts.name]);
  expect(namesDigest(approvalMetaOf(facts), "manifest", alike)).toBe(false);
});

it("takes a digest for no other kind than it is", () => {
  const meta = approvalMetaOf(facts);
  const [manifest] = digests.manifest as [Digest];
  expect([namesDigest(meta, "manifest", manifest), namesDigest(meta, "bundle", manifest)]).toEqual([true, false]);
});
