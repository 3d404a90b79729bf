import { edit, firstEntry, flip, judge, type TamperRow } from "#lib/testing/signing/tamper.ts";
import { toManifest } from "#lib/testing/signing/workshop.ts";

const bytes = (text: string) => Buffer.from(text);

/** Size, JSON and shape of the documents. */
export const bundleRows: TamperRow[] = [
  judge("manifest of 128 KiB and a byte", "key", "manifest-too-large", () => ({
    manifestBytes: Buffer.alloc(131_073, 32),
  })),
  judge("manifest with a repeated key", "key", "manifest-json", () => ({
    manifestBytes: bytes('{"name":"a","name":"b"}'),
  })),
  judge("manifest with an escaped repeated key", "key", "manifest-json", () => ({
    manifestBytes: bytes('{"name":"a","n\\u0061me":"b"}'),
  })),
  judge("manifest with name and Name", "key", "manifest-json", () => ({
    manifestBytes: bytes('{"name":"a","Name":"b"}'),
  })),
  judge("manifest with a byte order mark", "key", "manifest-json", () => ({
    manifestBytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), toManifest()]),
  })),
  judge("manifest that is a list", "key", "manifest-json", () => ({ manifestBytes: bytes("[]") })),
  judge("manifest that is not UTF-8", "key", "manifest-json", () => ({
    manifestBytes: Buffer.from([0x22, 0xff, 0x22]),
  })),
  judge("bundle of 128 KiB and a byte", "key", "bundle-too-large", () => ({ bundleBytes: Buffer.alloc(131_073, 32) })),
  judge("empty bundle", "key", "bundle-json", () => ({ bundleBytes: Buffer.alloc(0) })),
  judge("bundle null", "key", "bundle-media-type", () => ({ bundleBytes: bytes("null") })),
  judge("bundle nested 17 deep", "key", "bundle-json", () => ({ bundleBytes: bytes("[".repeat(17) + "]".repeat(17)) })),
  ...[
    "application/vnd.dev.sigstore.bundle+json;version=0.1",
    "application/vnd.dev.sigstore.bundle+json;version=0.9",
    "application/vnd.dev.sigstore.bundle.v9.9+json; evil",
    "application/vnd.dev.sigstore.bundle.v0.3+json ",
    "application/json",
  ].map((mediaType) => edit(`media type ${mediaType}`, "statement", "bundle-media-type", (b) => ({ ...b, mediaType }))),
  edit("no media type", "statement", "bundle-media-type", ({ mediaType: _, ...rest }) => rest),
  edit("cosign's bundle of old", "key", "bundle-media-type", () => ({
    base64Signature: "AA==",
    cert: "",
    rekorBundle: {},
  })),
  edit("an unknown member", "statement", "bundle-malformed", (b) => ({ ...b, extra: 1 })),
  edit("statement and message signature", "statement", "bundle-malformed", (b) => ({
    ...b,
    messageSignature: { messageDigest: { algorithm: "SHA2_256", digest: "AA==" }, signature: "AA==" },
  })),
  edit(
    "neither statement nor message signature",
    "statement",
    "bundle-malformed",
    ({ dsseEnvelope: _, ...rest }) => rest,
  ),
  edit("certificate and key", "statement", "bundle-malformed", (b) => {
    b.verificationMaterial.publicKey = { hint: "x" };
  }),
  edit("a chain in a v0.3 bundle", "statement", "bundle-malformed", (b) => {
    b.verificationMaterial.x509CertificateChain = { certificates: [b.verificationMaterial.certificate] };
    delete b.verificationMaterial.certificate;
  }),
  edit("two signatures", "statement", "bundle-malformed", (b) => {
    b.dsseEnvelope.signatures.push(b.dsseEnvelope.signatures[0]);
  }),
  edit("no signature", "statement", "bundle-malformed", (b) => {
    b.dsseEnvelope.signatures = [];
  }),
  edit("five timestamps", "statement", "bundle-malformed", (b) => {
    const data = b.verificationMaterial.timestampVerificationData;
    data.rfc3161Timestamps = Array(5).fill(data.rfc3161Timestamps[0]);
  }),
  edit("2000 log entries", "statement", "bundle-too-large", (b) => {
    b.verificationMaterial.tlogEntries = Array(2000).fill(firstEntry(b));
  }),
  edit("a log entry twice", "statement", "bundle-malformed", (b) => {
    b.verificationMaterial.tlogEntries.push(firstEntry(b));
  }),
  edit("65 proof hashes", "statement", "bundle-malformed", (b) => {
    firstEntry(b).inclusionProof.hashes = Array(65).fill(firstEntry(b).inclusionProof.rootHash);
  }),
  edit("a certificate of 9 kB", "statement", "bundle-malformed", (b) => {
    b.verificationMaterial.certificate.rawBytes = Buffer.alloc(9 * 1024, 48).toString("base64");
  }),
  edit("base64url payload", "statement", "bundle-malformed", (b) => {
    b.dsseEnvelope.payload = `${b.dsseEnvelope.payload.slice(0, 8)}_${b.dsseEnvelope.payload.slice(9)}`;
  }),
  edit("junk inside base64", "statement", "bundle-malformed", (b) => {
    b.dsseEnvelope.signatures[0].sig = `\n${b.dsseEnvelope.signatures[0].sig}`;
  }),
  edit("unused bits set in base64", "key", "bundle-malformed", (b) => {
    b.dsseEnvelope.payload = Buffer.from("a").toString("base64").replace("Q=", "R=");
  }),
  edit("a negative proof index", "statement", "bundle-malformed", (b) => {
    firstEntry(b).inclusionProof.logIndex = "-1";
  }),
  edit("a time in exponent form", "statement", "bundle-malformed", (b) => {
    firstEntry(b).integratedTime = "1e9";
  }),
  edit("certificate of garbage", "statement", "bundle-malformed", (b) => {
    b.verificationMaterial.certificate.rawBytes = Buffer.alloc(600, 48).toString("base64");
  }),
  edit("message digest of another algorithm", "message", "bundle-malformed", (b) => {
    b.messageSignature.messageDigest.algorithm = "SHA2_512";
  }),
  edit("message digest that is not the manifest's", "message", "log-entry-invalid", (b) => {
    b.messageSignature.messageDigest.digest = flip(b.messageSignature.messageDigest.digest);
  }),
];

/** A signature line whose name was once run as a regular expression, and other checkpoint trouble. */
export const checkpointRows: TamperRow[] = [
  ["a name that is a regular expression", (note: string) => note.replace(/\u2014 \S+/, "\u2014 (((((.+)+)+)+)+)+$")],
  ["no separator", (note: string) => note.replace("\n\n", "\n")],
  ["no signature line", (note: string) => `${note.split("\n\n")[0]}\n\n`],
  ["a size that is no number", (note: string) => note.replace(/\n[0-9]+\n/, "\nmany\n")],
  ["a signature that is no base64", (note: string) => note.replace(/ \S+\n$/, " ****\n")],
  ["17 signature lines", (note: string) => note + (note.split("\n\n")[1] ?? "").repeat(16)],
].map(([change, apply]) =>
  edit(`checkpoint with ${change}`, "statement", "bundle-checkpoint", (b) => {
    const { checkpoint } = firstEntry(b).inclusionProof;
    checkpoint.envelope = (apply as (note: string) => string)(checkpoint.envelope);
  }),
);
