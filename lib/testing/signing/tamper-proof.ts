import { sha256Hex } from "#lib/core/digest.ts";
import { makeMessageBundle, makeStatementBundle, toBytes, toStatement } from "#lib/testing/signing/bundles.ts";
import { edit, firstEntry, flip, judge, sign, type TamperRow } from "#lib/testing/signing/tamper.ts";
import { signingTime, toManagedKey, toManifest } from "#lib/testing/signing/workshop.ts";

const hour = 3_600_000;
const ecdsaSha256 = Buffer.from("2a8648ce3d040302", "hex");

/** Signature, transparency log and time. */
export const proofRows: TamperRow[] = [
  edit("a byte of the payload", "statement", "log-entry-invalid", (b) => {
    b.dsseEnvelope.payload = flip(b.dsseEnvelope.payload);
  }),
  edit("a byte of the payload of a key's bundle", "key", "signature-invalid", (b) => {
    b.dsseEnvelope.payload = flip(b.dsseEnvelope.payload);
  }),
  edit("payload type", "statement", "signature-invalid", (b) => {
    b.dsseEnvelope.payloadType = "application/json";
  }),
  edit("a byte of the signature", "statement", "timestamp-invalid", (b) => {
    b.dsseEnvelope.signatures[0].sig = flip(b.dsseEnvelope.signatures[0].sig, -1);
  }),
  edit("a byte of a key's signature", "key", "signature-invalid", (b) => {
    b.dsseEnvelope.signatures[0].sig = flip(b.dsseEnvelope.signatures[0].sig, -1);
  }),
  judge("a byte of the manifest under a bare signature", "message", "signature-invalid", () => ({
    manifestBytes: toManifest({ description: "Weather for agentz" }),
  })),
  judge("a byte of the manifest under a statement", "statement", "statement-digest", () => ({
    manifestBytes: toManifest({ description: "Weather for agentz" }),
  })),
  {
    change: "certificate of another signer",
    code: "signature-invalid",
    make: async (workshop, good) => {
      const other = await makeStatementBundle(workshop, { witness: "none" });
      const copy = structuredClone(good.statement);
      copy.verificationMaterial.certificate = other.verificationMaterial.certificate;
      return workshop.toInput(toBytes(copy));
    },
  },
  edit("a byte of the certificate", "statement", "certificate-untrusted", (b) => {
    b.verificationMaterial.certificate.rawBytes = flip(b.verificationMaterial.certificate.rawBytes, -1);
  }),
  edit("no inclusion proof", "statement", "bundle-malformed", (b) => {
    delete firstEntry(b).inclusionProof;
  }),
  edit("log entries emptied", "statement", "log-entry-invalid", (b) => {
    b.verificationMaterial.tlogEntries = [];
  }),
  edit("no promise and no timestamp", "statement", "timestamp-invalid", (b) => {
    delete firstEntry(b).inclusionPromise;
    b.verificationMaterial.timestampVerificationData = {};
  }),
  edit("a hash of the inclusion proof", "statement", "log-entry-invalid", (b) => {
    const { hashes } = firstEntry(b).inclusionProof;
    hashes[0] = flip(hashes[0]);
  }),
  edit("an added hash in the inclusion proof", "statement", "log-entry-invalid", (b) => {
    firstEntry(b).inclusionProof.hashes.push(firstEntry(b).inclusionProof.rootHash);
  }),
  edit("tree size in the checkpoint", "statement", "bundle-checkpoint", (b) => {
    const { checkpoint } = firstEntry(b).inclusionProof;
    checkpoint.envelope = checkpoint.envelope.replace(/\n([0-9]+)\n/, "\n99999\n");
  }),
  edit("tree size in checkpoint and proof", "statement", "log-entry-invalid", (b) => {
    const { inclusionProof } = firstEntry(b);
    inclusionProof.treeSize = "99999";
    inclusionProof.checkpoint.envelope = inclusionProof.checkpoint.envelope.replace(/\n([0-9]+)\n/, "\n99999\n");
  }),
  edit("root hash of the proof", "statement", "bundle-checkpoint", (b) => {
    firstEntry(b).inclusionProof.rootHash = flip(firstEntry(b).inclusionProof.rootHash);
  }),
  edit("algorithm beside the certificate's signature", "statement", "certificate-encoding", (b) => {
    const der = Buffer.from(b.verificationMaterial.certificate.rawBytes, "base64");
    const at = der.lastIndexOf(ecdsaSha256);
    der[at + ecdsaSha256.length - 1] = 9;
    b.verificationMaterial.certificate.rawBytes = der.toString("base64");
  }),
  edit("log index", "statement", "log-entry-invalid", (b) => {
    firstEntry(b).logIndex = "77777";
  }),
  edit("log time a minute later", "statement", "log-entry-invalid", (b) => {
    firstEntry(b).integratedTime = String(Number(firstEntry(b).integratedTime) + 60);
  }),
  edit("log time a day later", "statement", "certificate-untrusted", (b) => {
    firstEntry(b).integratedTime = String(Number(firstEntry(b).integratedTime) + 86_400);
  }),
  edit("a byte of the logged body", "statement", "log-entry-invalid", (b) => {
    firstEntry(b).canonicalizedBody = flip(firstEntry(b).canonicalizedBody);
  }),
  edit("a byte of the promise", "statement", "log-entry-invalid", (b) => {
    const promise = firstEntry(b).inclusionPromise;
    promise.signedEntryTimestamp = flip(promise.signedEntryTimestamp, -1);
  }),
  edit("another log's id", "statement", "log-entry-invalid", (b) => {
    firstEntry(b).logId.keyId = flip(firstEntry(b).logId.keyId);
  }),
  edit("a byte of the timestamp", "statement", "timestamp-invalid", (b) => {
    const [stamp] = b.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
    stamp.signedTimestamp = flip(stamp.signedTimestamp, -1);
  }),
  {
    change: "timestamp and log entry of another signature",
    code: "timestamp-invalid",
    make: async (workshop, good) => {
      const other = await makeStatementBundle(workshop);
      const { tlogEntries, timestampVerificationData } = other.verificationMaterial;
      const copy = structuredClone(good.statement);
      Object.assign(copy.verificationMaterial, { tlogEntries, timestampVerificationData });
      return workshop.toInput(toBytes(copy));
    },
  },
  {
    change: "log entry of another signature",
    code: "log-entry-invalid",
    make: async (workshop, good) => {
      const other = await makeStatementBundle(workshop);
      const copy = structuredClone(good.statement);
      copy.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries;
      return workshop.toInput(toBytes(copy));
    },
  },
  judge("statement signed 24 hours and a second ago", "statement", "signed-too-long-ago", () => ({
    now: signingTime + 24 * hour + 1000,
  })),
  judge("bare signature 15 minutes and a second ago", "message", "signed-too-long-ago", () => ({
    now: signingTime + 15 * 60_000 + 1000,
  })),
  judge("signed five minutes and a second from now", "statement", "signed-in-future", () => ({
    now: signingTime - 5 * 60_000 - 1000,
  })),
  judge("no trust root", "statement", "certificate-untrusted", () => ({ trustRoots: [] })),
  judge("trust root whose bytes are not its digest", "statement", "verification-failed", ({ demoRoot }) => ({
    trustRoots: [{ ...demoRoot, sha256: "0".repeat(64) }],
  })),
  judge("trust root without its log", "statement", "log-entry-invalid", ({ demoRoot }) => ({
    trustRoots: [editRoot(demoRoot, (root) => ({ ...root, tlogs: [] }))],
  })),
  judge("trust root without its certificate log", "statement", "certificate-untrusted", ({ demoRoot }) => ({
    trustRoots: [editRoot(demoRoot, (root) => ({ ...root, ctlogs: [] }))],
  })),
  judge("trust root without its timestamp authority", "statement", "timestamp-invalid", ({ demoRoot }) => ({
    trustRoots: [editRoot(demoRoot, (root) => ({ ...root, timestampAuthorities: [] }))],
  })),
  judge("two log entries asked for", "statement", "log-entry-invalid", ({ demoRoot }) => ({
    trustRoots: [{ ...demoRoot, thresholds: { tlog: 2, ctlog: 1, timestamp: 1 } }],
  })),
  sign(
    "a certificate without any time, thresholds at zero",
    "timestamp-invalid",
    (w) => makeStatementBundle(w, { witness: "none" }),
    (w) => ({
      trustRoots: [{ ...w.demoRoot, thresholds: { tlog: 0, ctlog: 0, timestamp: 0 } }],
    }),
  ),
  sign("a key's bare signature with another digest beside it", "message-digest", async (w) => {
    const { librarySigner } = await import("#lib/testing/signing/bundles.ts");
    const bundle = await makeMessageBundle(w, { signer: librarySigner(w.keyPem), witness: "none" });
    bundle.messageSignature.messageDigest.digest = flip(bundle.messageSignature.messageDigest.digest);
    return bundle;
  }),
  sign("a valid statement over another file", "statement-digest", (w) =>
    makeStatementBundle(w, { statement: toStatement(toManifest({ title: "Other" })) }),
  ),
  judge("a key with a hint that is not its digest", "key", "key-id-mismatch", (w) => ({
    managedKeys: [{ ...toManagedKey(w.keySigner), spkiPem: otherSpki }],
  })),
];

const otherSpki = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
-----END PUBLIC KEY-----
`;

type RootInput = { bytes: Uint8Array; sha256: string };

function editRoot<T extends RootInput>(root: T, apply: (json: object) => object): T {
  const bytes = Buffer.from(JSON.stringify(apply(JSON.parse(Buffer.from(root.bytes).toString()))));
  return { ...root, bytes, sha256: sha256Hex(bytes) };
}
