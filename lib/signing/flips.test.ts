import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { signApproval, verifyApproval } from "#lib/signing/approval.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import { makeRegistryKey, toPredicate } from "#lib/testing/signing/approvals.ts";
import { librarySigner, makeMessageBundle, makeStatementBundle, toBytes } from "#lib/testing/signing/bundles.ts";
import { openWorkshop, toKeyRule, toManifest, type Workshop, workflowRule } from "#lib/testing/signing/workshop.ts";

const samples = 200;
let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

/** `samples` positions spread over the bytes, each with another bit changed. */
function* flips(bytes: Uint8Array): Generator<Buffer> {
  const count = Math.min(samples, bytes.length);
  for (let n = 0; n < count; n++) {
    const copy = Buffer.from(bytes);
    const at = Math.floor((n * bytes.length) / count);
    copy[at] = (copy[at] ?? 0) ^ (1 << (n % 8));
    yield copy;
  }
}

function expectNoneAccepted(bytes: Uint8Array, accepts: (changed: Buffer) => boolean): void {
  let tried = 0;
  for (const changed of flips(bytes)) {
    tried += 1;
    if (accepts(changed)) expect.fail(`accepted with a flipped bit: ${changed.toString("latin1")}`);
  }
  expect(tried).toBe(Math.min(samples, bytes.length));
}

describe("one flipped bit is refused", () => {
  const rules = [{ ...workflowRule, allowMessageSignatures: true }, toKeyRule({ allowMessageSignatures: true })];

  test("in the manifest, under a statement and under a bare signature", async () => {
    const signer = librarySigner(workshop.keyPem);
    const bundles = [
      toBytes(await makeStatementBundle(workshop, { signer, witness: "none" })),
      toBytes(await makeMessageBundle(workshop, { signer, witness: "none" })),
    ];
    for (const bundle of bundles) {
      expectNoneAccepted(
        toManifest(),
        (manifestBytes) => verifyUpload(workshop.toInput(bundle, { manifestBytes, rules })).ok,
      );
    }
  });

  const parts: [string, string[]][] = [
    ["payload", ["dsseEnvelope", "payload"]],
    ["signature", ["dsseEnvelope", "signatures", "0", "sig"]],
    ["certificate", ["verificationMaterial", "certificate", "rawBytes"]],
    ["logged body", ["verificationMaterial", "tlogEntries", "0", "canonicalizedBody"]],
    ["inclusion promise", ["verificationMaterial", "tlogEntries", "0", "inclusionPromise", "signedEntryTimestamp"]],
    ["root hash", ["verificationMaterial", "tlogEntries", "0", "inclusionProof", "rootHash"]],
  ];
  test.each(parts)("in the %s of a bundle", async (_part, path) => {
    await makeStatementBundle(workshop);
    const bundle = await makeStatementBundle(workshop, { witness: "log" });
    expect(verifyUpload(workshop.toInput(toBytes(bundle)))).toMatchObject({ ok: true });
    const last = path.at(-1) as string;
    const parent = path.slice(0, -1).reduce((node, key) => node[key], bundle);
    const original = Buffer.from(parent[last], "base64");
    expectNoneAccepted(original, (changed) => {
      parent[last] = changed.toString("base64");
      return verifyUpload(workshop.toInput(toBytes(bundle))).ok;
    });
  });

  test("in payload and signature of an approval, and anywhere in their base64", () => {
    const { privateKeyPem, keySet } = makeRegistryKey();
    const predicate = toPredicate();
    const bytes = signApproval({ predicate, manifestDigest: digestOf(toManifest()), privateKeyPem });
    const registryId = predicate.registry;
    const accepts = (bundleBytes: Buffer) => verifyApproval({ bundleBytes, keySet, registryId }).ok;
    expect(accepts(bytes)).toBe(true);
    const { dsseEnvelope } = JSON.parse(bytes.toString());
    for (const text of [dsseEnvelope.payload, dsseEnvelope.signatures[0].sig] as string[]) {
      const at = bytes.indexOf(text);
      expectNoneAccepted(bytes.subarray(at, at + text.length), (changed) =>
        accepts(Buffer.concat([bytes.subarray(0, at), changed, bytes.subarray(at + text.length)])),
      );
      expectNoneAccepted(Buffer.from(text, "base64"), (changed) =>
        accepts(Buffer.from(bytes.toString().replace(text, changed.toString("base64")))),
      );
    }
  });
});
