import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyUploadInWorker } from "#lib/signing/verify-pool.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import { makeStatementBundle, toBytes } from "#lib/testing/signing/bundles.ts";
import { firstEntry } from "#lib/testing/signing/tamper.ts";
import { openWorkshop, type Workshop } from "#lib/testing/signing/workshop.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

test("a worker gives the verdict of the function, accepted or refused", async () => {
  const good = workshop.toInput(toBytes(await makeStatementBundle(workshop)));
  const bad = { ...good, name: "io.github.acme/other" };
  const [accepted, refused] = await Promise.all([verifyUploadInWorker(good), verifyUploadInWorker(bad)]);
  expect(refused).toEqual(verifyUpload(bad));
  expect(accepted.ok && accepted.upload.bundleSha256).toBe(verifyBundleSha256(verifyUpload(good)));
  if (accepted.ok) expect(Buffer.from(accepted.upload.trustRoot.bytes)).toEqual(workshop.demoRoot.bytes);
});

test("an input that cannot cross to a worker fails alone", async () => {
  const good = workshop.toInput(toBytes(await makeStatementBundle(workshop)));
  const broken = { ...good, extra: () => undefined };
  await Promise.all([1, 2, 3].map(() => expect(verifyUploadInWorker(broken)).rejects.toThrow(/could not be cloned/)));
  expect(await verifyUploadInWorker(good)).toMatchObject({ ok: true });
});

/**
 * Expensive on purpose, within every cap: certificate and timestamps full of tiny elements, tried with many trust
 * roots. Parsing it takes far longer than the deadline.
 */
async function makeSlowInput() {
  const bundle = await makeStatementBundle(workshop);
  const nested = (bytes: number) => {
    const children = Buffer.alloc(bytes - 4, Buffer.from([0x30, 0x00]));
    return Buffer.concat([Buffer.from([0x30, 0x82, children.length >> 8, children.length & 255]), children]);
  };
  const signedTimestamp = nested(16 * 1024).toString("base64");
  bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps = Array(4).fill({ signedTimestamp });
  bundle.verificationMaterial.certificate.rawBytes = nested(8 * 1024).toString("base64");
  expect(firstEntry(bundle)).toBeDefined();
  return workshop.toInput(toBytes(bundle), { trustRoots: Array(5000).fill(workshop.demoRoot) });
}

test("a slow bundle is stopped at the deadline and work goes on", async () => {
  const slow = await makeSlowInput();
  const good = workshop.toInput(toBytes(await makeStatementBundle(workshop)));
  await verifyUploadInWorker(good);
  const started = performance.now();
  const [stopped, ...others] = await Promise.all(
    [slow, good, good, good, good].map((input) => verifyUploadInWorker(input)),
  );
  const elapsedMs = performance.now() - started;
  expect(stopped).toMatchObject({ ok: false, code: "verification-timeout", check: "worker", identity: null });
  expect(elapsedMs).toBeGreaterThanOrEqual(2000);
  expect(elapsedMs).toBeLessThan(4500);
  expect(others.map((verdict) => verdict.ok)).toEqual([true, true, true, true]);
  expect(await verifyUploadInWorker(good)).toMatchObject({ ok: true });
});

test("the caps keep a single crafted bundle far below the deadline", async () => {
  const slow = { ...(await makeSlowInput()), trustRoots: [workshop.demoRoot] };
  const started = performance.now();
  expect(await verifyUploadInWorker(slow)).toMatchObject({ ok: false, code: "bundle-malformed" });
  expect(performance.now() - started).toBeLessThan(1500);
});

test("when every worker is stopped, those who wait get new ones", async () => {
  const slow = await makeSlowInput();
  const good = workshop.toInput(toBytes(await makeStatementBundle(workshop)));
  const hurried = [slow, slow, slow].map((input) => verifyUploadInWorker(input, { timeoutMs: 100 }));
  const [first, second, third, last] = await Promise.all([...hurried, verifyUploadInWorker(good)]);
  for (const verdict of [first, second, third]) expect(verdict).toMatchObject({ code: "verification-timeout" });
  expect(last).toMatchObject({ ok: true });
});

function verifyBundleSha256(verdict: ReturnType<typeof verifyUpload>): string | null {
  return verdict.ok ? verdict.upload.bundleSha256 : null;
}
