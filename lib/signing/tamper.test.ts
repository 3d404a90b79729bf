import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import { librarySigner, makeMessageBundle, makeStatementBundle, toBytes } from "#lib/testing/signing/bundles.ts";
import type { GoodBundles } from "#lib/testing/signing/tamper.ts";
import { bundleRows, checkpointRows } from "#lib/testing/signing/tamper-bundle.ts";
import { proofRows } from "#lib/testing/signing/tamper-proof.ts";
import { certificateRows, keyRows, ruleRows } from "#lib/testing/signing/tamper-signer.ts";
import { statementRows } from "#lib/testing/signing/tamper-statement.ts";
import { openWorkshop, type Workshop, workflowRule } from "#lib/testing/signing/workshop.ts";

let workshop: Workshop;
let good: GoodBundles;
beforeAll(async () => {
  workshop = await openWorkshop();
  await makeStatementBundle(workshop);
  good = {
    statement: await makeStatementBundle(workshop),
    message: await makeMessageBundle(workshop),
    key: await makeStatementBundle(workshop, { signer: librarySigner(workshop.keyPem), witness: "none" }),
  };
});
afterAll(() => workshop.close());

test("what the rows start from verifies", () => {
  expect(verifyUpload(workshop.toInput(toBytes(good.statement)))).toMatchObject({ ok: true });
  expect(verifyUpload(workshop.toInput(toBytes(good.key)))).toMatchObject({ ok: true });
  const rules = [{ ...workflowRule, allowMessageSignatures: true }];
  expect(verifyUpload(workshop.toInput(toBytes(good.message), { rules }))).toMatchObject({ ok: true });
});

const rows = [
  ...bundleRows,
  ...checkpointRows,
  ...proofRows,
  ...certificateRows,
  ...statementRows,
  ...keyRows,
  ...ruleRows,
];

test.each(rows)("$change → $code", async ({ code, make }) => {
  const verdict = verifyUpload(await make(workshop, good));
  expect(verdict).toMatchObject({ ok: false, code });
  if (!verdict.ok) expect(verdict.detail).toMatch(/^[\x20-\x7e…]+$/);
});
