import { unzipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { callRoute, openApiSession } from "#lib/testing/api-call.ts";
import {
  createTestRegistry,
  makeSigner,
  signManifest,
  type TestRegistry,
  testRegistryId,
} from "#lib/testing/lifecycle.ts";
import { GET as getEvent } from "./audit/events/[seq]/route.ts";
import { GET as listEvents } from "./audit/events/route.ts";
import { GET as exportAudit } from "./audit/export/route.ts";
import { GET as getRefusal } from "./audit/refusals/[seq]/route.ts";
import { GET as listRefusals } from "./audit/refusals/route.ts";
import { GET as auditState } from "./audit/state/route.ts";
import { POST as publishRoute } from "./publish/route.ts";
import { POST as approveRoute } from "./reviews/[versionId]/approve/route.ts";
import { POST as rejectRoute } from "./reviews/[versionId]/reject/route.ts";
import { GET as getReview } from "./reviews/[versionId]/route.ts";
import { GET as listReviews } from "./reviews/route.ts";
import { GET as evidence } from "./versions/[namespace]/[server]/[version]/evidence/route.ts";
import { POST as reopen } from "./versions/[namespace]/[server]/[version]/reopen/route.ts";
import { POST as revoke } from "./versions/[namespace]/[server]/[version]/revoke/route.ts";
import { GET as getVersion } from "./versions/[namespace]/[server]/[version]/route.ts";
import { POST as withdraw } from "./versions/[namespace]/[server]/[version]/withdraw/route.ts";
import { GET as listVersions } from "./versions/[namespace]/[server]/route.ts";

let registry: TestRegistry;
const bearers = { admin: "", publisher: "", reviewer: "", auditor: "", member: "", stale: "" };
let serial = 0;
let server = "";

beforeAll(async () => {
  process.env.PUBLIC_URL = testRegistryId;
  registry = await createTestRegistry();
  await db().namespace.update({ where: { id: registry.namespace.id }, data: { maxPending: 500 } });
  for (const who of ["admin", "publisher", "reviewer", "auditor", "member"] as const) {
    bearers[who] = await openApiSession(registry[who]);
  }
  bearers.stale = await openApiSession(registry.reviewer, new Date(Date.now() - 16 * 60_000));
});
afterAll(() => registry.close());
beforeEach(() => {
  serial += 1;
  server = `server-${serial}`;
});

const manifestOf = (version = "1.0.0") => ({ ...sampleManifest, name: `com.acme/${server}`, version });
const path = (version = "1.0.0", verb = "") =>
  `/api/v1/versions/com.acme/${server}/${encodeURIComponent(version)}${verb}`;
const codes = (answers: { status: number; body: Record<string, unknown> }[]) =>
  answers.map(({ status, body }) => `${status} ${body.code}`);

function toForm(parts: Record<string, Uint8Array>): FormData {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(parts)) form.set(name, new Blob([new Uint8Array(bytes)]), `${name}.json`);
  return form;
}

async function publish(manifest: object = manifestOf(), bearer: string | null = bearers.publisher, query = "") {
  const { manifestBytes, bundleBytes } = await registry.sign(manifest);
  const form = toForm({ manifest: manifestBytes, bundle: bundleBytes });
  return callRoute(publishRoute, { path: `/api/v1/publish${query}`, bearer, form });
}

async function publishPending(version = "1.0.0"): Promise<string> {
  expect((await publish(manifestOf(version))).status).toBe(201);
  const row = await db().version.findFirstOrThrow({ where: { version, server: { name: `com.acme/${server}` } } });
  return row.id;
}

async function approve(versionId: string, bearer = bearers.reviewer) {
  const at = { path: `/api/v1/reviews/${versionId}`, bearer, params: { versionId } };
  const review = await callRoute(getReview, at);
  const { suggested: expiresAt } = review.body.expiry as { suggested: string };
  const json = { reviewDigest: review.body.reviewDigest, expiresAt };
  return callRoute(approveRoute, { ...at, path: `${at.path}/approve`, json });
}

describe("POST /api/v1/publish", () => {
  it("201 for a new version, 200 for the same bytes and for a dry run", async () => {
    const first = await publish();
    expect([first.status, first.body.created, first.body.state]).toEqual([201, true, "pending"]);
    const again = await publish();
    expect([again.status, again.body.created]).toEqual([200, false]);
    const dry = await publish(manifestOf("2.0.0"), bearers.publisher, "?dry-run=true");
    expect([dry.status, dry.body.dryRun]).toEqual([200, true]);
    expect(await db().version.count({ where: { version: "2.0.0", server: { name: `com.acme/${server}` } } })).toBe(0);
  });

  it("401 without and with a wrong token", async () => {
    expect(codes([await publish(manifestOf(), null), await publish(manifestOf(), "cst_wrong")])).toEqual([
      "401 unauthenticated",
      "401 unauthenticated",
    ]);
  });

  it("403 without rights in the namespace", async () => {
    expect(codes([await publish(manifestOf(), bearers.member)])).toEqual(["403 forbidden"]);
  });

  it("409 for other bytes and for a look-alike name", async () => {
    await publish();
    const other = await publish({ ...manifestOf(), description: "Other" });
    const twin = await publish({ ...manifestOf(), name: `com.acme/Server.${serial}` });
    expect(codes([other, twin])).toEqual(["409 version-exists", "409 name-taken"]);
  });

  it("413 for parts that are too large, 415 for anything but multipart, 422 for missing parts", async () => {
    const at = { path: "/api/v1/publish", bearer: bearers.publisher };
    const large = toForm({ manifest: new Uint8Array(200_000), bundle: new Uint8Array(10) });
    const lone = toForm({ manifest: new Uint8Array(10) });
    const answers = [
      await callRoute(publishRoute, { ...at, form: large }),
      await callRoute(publishRoute, { ...at, json: {} }),
      await callRoute(publishRoute, { ...at, form: lone }),
    ];
    expect(codes(answers)).toEqual(["413 payload-too-large", "415 unsupported-media-type", "422 invalid-input"]);
  });

  it("422 for a bad manifest with pointers, and for a stranger's signature with the check that failed", async () => {
    const invalid = await publish({ ...manifestOf(), version: "latest" });
    expect(invalid.body).toMatchObject({ code: "manifest-invalid", errors: [{ pointer: "/version" }] });
    const { manifestBytes, bundleBytes } = await signManifest(manifestOf(), makeSigner());
    const form = toForm({ manifest: manifestBytes, bundle: bundleBytes });
    const stranger = await callRoute(publishRoute, { path: "/api/v1/publish", bearer: bearers.publisher, form });
    expect(stranger.status).toBe(422);
    expect(stranger.type).toBe("application/problem+json");
    expect(stranger.body).toMatchObject({ code: "signature-rejected", refusal: "key-unknown", check: "signature" });
    const { refusalSeq: seq } = stranger.body;
    const entry = await callRoute(getRefusal, { path: "/x", bearer: bearers.auditor, params: { seq: String(seq) } });
    expect(entry.body).toMatchObject({ kind: "publish", namespace: "com.acme", subject: `com.acme/${server}@1.0.0` });
  });

  it("429 when one caller's verifications pile up", async () => {
    const answers = await Promise.all(
      ["1.0.1", "1.0.2", "1.0.3", "1.0.4"].map((version) => publish(manifestOf(version))),
    );
    expect(codes(answers)).toContain("429 verification-busy");
  });
});

describe("versions", () => {
  it("200: list, one, with the manifest's exact text; also for versions that need encoding", async () => {
    const odd = "1.0.0+b/%41";
    await publishPending(odd);
    const one = await callRoute(getVersion, { path: path(odd), bearer: bearers.publisher });
    expect(one.body).toMatchObject({ version: odd, state: "pending", may: { withdraw: true, reopen: false } });
    expect(digestOf(Buffer.from(String(one.body.manifestText)))).toBe(one.body.manifestDigest);
    const all = await callRoute(listVersions, { path: path("").slice(0, -1), bearer: bearers.publisher });
    expect(all.body.versions).toMatchObject([{ version: odd }]);
  });

  it("400, 401, 404: broken encoding, nobody, and the same for hidden as for missing", async () => {
    await publishPending();
    const hidden = await callRoute(getVersion, { path: path(), bearer: bearers.member });
    const missing = await callRoute(getVersion, { path: path("9.9.9"), bearer: bearers.member });
    const { requestId: _a, ...hiddenBody } = hidden.body;
    const { requestId: _b, ...missingBody } = missing.body;
    expect(hiddenBody).toEqual(missingBody);
    const answers = [
      await callRoute(getVersion, { path: "/api/v1/versions/com.acme/%E0%A4/1", bearer: bearers.member }),
      await callRoute(getVersion, { path: path() }),
      hidden,
      await callRoute(listVersions, { path: path("").slice(0, -1), bearer: bearers.member }),
    ];
    expect(codes(answers)).toEqual(["400 bad-request", "401 unauthenticated", "404 not-found", "404 not-found"]);
  });

  it("withdraw and reopen: 200, 403, 404, 409, 422", async () => {
    await publishPending();
    const post = (handler: typeof withdraw, who: keyof typeof bearers, json: unknown = {}) =>
      callRoute(handler, { path: path("1.0.0", "/withdraw"), bearer: bearers[who], json });
    expect(codes([await post(withdraw, "reviewer"), await post(withdraw, "member")])).toEqual([
      "403 forbidden",
      "404 not-found",
    ]);
    expect((await post(withdraw, "publisher", { reason: "A wrong build." })).body).toMatchObject({
      state: "withdrawn",
    });
    const again = [
      await post(withdraw, "publisher"),
      await post(reopen, "publisher", { reason: "It was right." }),
      await post(reopen, "admin", { reason: "" }),
      await post(reopen, "admin", { reason: "hidden \u202e text" }),
    ];
    expect(codes(again)).toEqual(["409 state-conflict", "403 forbidden", "422 invalid-input", "422 invalid-input"]);
    const reopened = await post(reopen, "admin", { reason: "It was right." });
    expect([reopened.status, reopened.body.state]).toEqual([200, "pending"]);
  });

  it("revoke: 200, 403, 409, and evidence with everything that was signed", async () => {
    const versionId = await publishPending();
    const at = { path: path("1.0.0", "/revoke"), json: { reason: "It leaks." } };
    expect(codes([await callRoute(revoke, { ...at, bearer: bearers.reviewer })])).toEqual(["409 state-conflict"]);
    expect((await approve(versionId)).body.state).toBe("approved");
    const refused = [
      await callRoute(revoke, { ...at, bearer: bearers.member }),
      await callRoute(revoke, { ...at, bearer: bearers.stale }),
      await callRoute(evidence, { path: path("1.0.0", "/evidence"), bearer: bearers.member }),
    ];
    expect(codes(refused)).toEqual(["403 forbidden", "403 reauthentication-required", "403 forbidden"]);
    expect((await callRoute(revoke, { ...at, bearer: bearers.reviewer })).body.state).toBe("revoked");
    const pack = await callRoute(evidence, { path: path("1.0.0", "/evidence"), bearer: bearers.auditor });
    expect([pack.status, pack.type]).toEqual([200, "application/zip"]);
    const files = unzipSync(pack.bytes);
    expect(Object.keys(files)).toEqual([
      "README.md",
      "countersignature-1-approved.json",
      "countersignature-2-revoked.json",
      "ledger.ndjson",
      "publisher-bundle-1.json",
      "registry-keys.json",
      "review-record-1.json",
      "server.json",
      "trusted-root-1.json",
    ]);
    const row = await db().version.findUniqueOrThrow({ where: { id: versionId }, include: { approvals: true } });
    expect(digestOf(files["server.json"] ?? new Uint8Array())).toBe(row.manifestDigest);
    expect(digestOf(files["review-record-1.json"] ?? new Uint8Array())).toBe(
      row.approvals.find((a) => a.round === 1)?.reviewDigest,
    );
  });
});

describe("reviews", () => {
  it("200: the queue with counters, filters and pages; 401, 403, 422", async () => {
    await publishPending();
    const list = (query: string, bearer: string | null = bearers.reviewer) =>
      callRoute(listReviews, { path: `/api/v1/reviews${query}`, bearer });
    const queue = await list("?namespace=com.acme&publisher=Pat%20Publisher");
    expect(queue.body).toMatchObject({ page: 1, namespaces: ["com.acme"], publishers: ["Pat Publisher"] });
    expect((queue.body.counters as { pending: number }).pending).toBe(queue.body.total);
    expect((queue.body.items as unknown[]).length).toBeGreaterThan(0);
    expect((await list("?namespace=org.other")).body).toMatchObject({ total: 0, items: [] });
    expect((await list("?olderThanDays=30")).body).toMatchObject({ total: 0 });
    const refused = [await list("", null), await list("", bearers.member), await list("?state=nonsense")];
    expect(codes(refused)).toEqual(["401 unauthenticated", "403 forbidden", "422 invalid-input"]);
  });

  it("one: 200 with a digest of exactly its record, 403, 404, 422", async () => {
    const versionId = await publishPending();
    const get = (bearer: string, id = versionId) =>
      callRoute(getReview, { path: `/api/v1/reviews/${id}`, bearer, params: { versionId: id } });
    const one = await get(bearers.reviewer);
    expect(one.body).toMatchObject({
      state: "pending",
      decide: { allowed: true },
      timeline: [{ action: "version.publish" }],
    });
    const missing = await get(bearers.reviewer, registry.ruleId);
    expect(codes([await get(bearers.publisher), missing, await get(bearers.reviewer, "1")])).toEqual([
      "403 forbidden",
      "404 not-found",
      "422 invalid-input",
    ]);
  });

  it("approve: 200, 403, 409, 422", async () => {
    const versionId = await publishPending();
    const at = { path: `/api/v1/reviews/${versionId}/approve`, params: { versionId } };
    const json = {
      reviewDigest: `sha256:${"0".repeat(64)}`,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const answers = [
      await callRoute(approveRoute, { ...at, json, bearer: bearers.auditor }),
      await callRoute(approveRoute, { ...at, json, bearer: bearers.stale }),
      await callRoute(approveRoute, { ...at, json, bearer: bearers.reviewer }),
      await callRoute(approveRoute, { ...at, json: {}, bearer: bearers.reviewer }),
    ];
    expect(codes(answers)).toEqual([
      "403 forbidden",
      "403 reauthentication-required",
      "409 review-changed",
      "422 invalid-input",
    ]);
    const approved = await approve(versionId);
    expect([approved.status, approved.body.state]).toEqual([200, "approved"]);
    expect(codes([await approve(versionId)])).toEqual(["409 state-conflict"]);
  });

  it("reject: 200, 409, 422", async () => {
    const versionId = await publishPending();
    const at = { path: `/api/v1/reviews/${versionId}/reject`, params: { versionId }, bearer: bearers.reviewer };
    const review = await callRoute(getReview, { ...at, path: `/api/v1/reviews/${versionId}` });
    const { reviewDigest } = review.body;
    const wrong = { reviewDigest: `sha256:${"0".repeat(64)}`, reason: "Not needed here." };
    const answers = [
      await callRoute(rejectRoute, { ...at, json: wrong }),
      await callRoute(rejectRoute, { ...at, json: { reviewDigest, reason: " " } }),
    ];
    expect(codes(answers)).toEqual(["409 review-changed", "422 invalid-input"]);
    const done = await callRoute(rejectRoute, { ...at, json: { reviewDigest, reason: "Not needed here." } });
    expect(done.body).toMatchObject({ state: "rejected", statusMessage: "Not needed here." });
  });
});

describe("audit", () => {
  const read = (handler: typeof listEvents, bearer: string, query = "", params = {}) =>
    callRoute(handler, { path: `/api/v1/audit${query}`, bearer, params });

  it("200 for auditors: events, one, refusals, state, export", async () => {
    const events = await read(listEvents, bearers.auditor, "?limit=1&action=version.publish");
    expect(events.body.items).toMatchObject([{ action: "version.publish", actor: "Pat Publisher" }]);
    const [{ seq }] = events.body.items as [{ seq: number }];
    expect((await read(getEvent, bearers.auditor, "", { seq: String(seq) })).body.seq).toBe(seq);
    expect((await read(listRefusals, bearers.auditor)).status).toBe(200);
    expect((await read(auditState, bearers.auditor)).body.chains).toMatchObject([{ intact: true }, { intact: true }]);
    const dump = await read(exportAudit, bearers.auditor);
    expect(dump.type).toBe("application/x-ndjson");
    const lines = new TextDecoder().decode(dump.bytes).trimEnd().split("\n");
    expect(lines.length).toBe((await db().ledgerEntry.count()) + (await db().refusalEntry.count()));
  });

  it.each([
    ["events", listEvents],
    ["one event", getEvent],
    ["refusals", listRefusals],
    ["one refusal", getRefusal],
    ["state", auditState],
    ["export", exportAudit],
  ])("%s: 401 for nobody, 403 for others", async (_what, handler) => {
    const answers = [
      await callRoute(handler, { path: "/x", params: { seq: "1" } }),
      await callRoute(handler, { path: "/x", params: { seq: "1" }, bearer: bearers.reviewer }),
    ];
    expect(codes(answers)).toEqual(["401 unauthenticated", "403 forbidden"]);
  });

  it("404 for a number that is not there, 422 for a filter that does not exist", async () => {
    const answers = [
      await read(getEvent, bearers.auditor, "", { seq: "999999" }),
      await read(getRefusal, bearers.auditor, "", { seq: "999999" }),
      await read(listEvents, bearers.auditor, "?action=nonsense"),
    ];
    expect(codes(answers)).toEqual(["404 not-found", "404 not-found", "422 invalid-input"]);
  });
});
