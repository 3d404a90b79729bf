import { beforeEach, expect, it } from "vitest";
import type { Digest } from "#lib/core/digest.ts";
import { DigestIndex, digestKeys } from "#lib/resolver/catalogue/digest-index.ts";
import { approvalMetaOf, namedDigests, namesDigest } from "#lib/resolver/catalogue/signed-head.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { BlobKind } from "#lib/resolver/source.ts";
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
const kinds: readonly BlobKind[] = ["manifest", "approval", "bundle", "trusted-root"];
const serversOf = (kind: BlobKind, digest: Digest) => [...index.serversOf(kind, digest)].sort();

it("finds a server by every digest its versions name, as the kind it is and as no other", () => {
  index.add(texts.name, digestKeys([facts]));
  expect(Object.keys(digests)).toEqual(kinds);
  for (const kind of kinds) {
    for (const digest of digests[kind]) {
      for (const asked of kinds) expect(serversOf(asked, digest), asked).toEqual(asked === kind ? [texts.name] : []);
    }
  }
});

it("finds a renewed version by its first countersignature too", () => {
  const row = makeVersion(registry, texts);
  row.approvals.push(approvalRecord(registry, manifestBytes(texts), makePredicate(texts, { round: 2 })));
  const renewed = verifyVersion(texts.name, { ...row, round: 2 }, registry);
  index.add(texts.name, digestKeys([renewed]));
  const rounds = row.approvals.map(({ sha256 }): Digest => `sha256:${sha256}`);
  expect(rounds.map((digest) => serversOf("approval", digest))).toEqual([[texts.name], [texts.name]]);
  expect(rounds.map((digest) => namesDigest(approvalMetaOf(renewed), "approval", digest))).toEqual([false, true]);
});

it("keeps servers that share a digest apart", () => {
  const [shared] = digests["trusted-root"] as [Digest];
  for (const server of ["a", "b", "c", "b"]) index.add(server, digestKeys([facts]));
  expect(serversOf("trusted-root", shared)).toEqual(["a", "b", "c"]);
  index.remove("b", digestKeys([facts]));
  index.remove("never there", digestKeys([facts]));
  expect(serversOf("trusted-root", shared)).toEqual(["a", "c"]);
  for (const server of ["a", "c", "c"]) index.remove(server, digestKeys([facts]));
  expect(serversOf("trusted-root", shared)).toEqual([]);
});

it("takes digests that begin alike for one, so that whoever asks has to look", () => {
  const [manifest] = digests.manifest as [Digest];
  const alike: Digest = `${manifest.slice(0, 15)}${"0".repeat(56)}` as Digest;
  index.add(texts.name, digestKeys([facts]));
  expect(serversOf("manifest", alike)).toEqual([texts.name]);
  expect(namesDigest(approvalMetaOf(facts), "manifest", alike)).toBe(false);
});

it("takes a digest for no other kind than it is", () => {
  const meta = approvalMetaOf(facts);
  const [manifest] = digests.manifest as [Digest];
  expect([namesDigest(meta, "manifest", manifest), namesDigest(meta, "bundle", manifest)]).toEqual([true, false]);
});
