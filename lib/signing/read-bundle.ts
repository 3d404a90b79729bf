import { type Bundle, bundleFromJSON } from "@sigstore/bundle";
import { BUNDLE_MEDIA_TYPES, maxBundleBytes } from "#lib/core/identifiers.ts";
import { BundleShape } from "#lib/signing/bundle-shape.ts";
import { assertCheckpoint } from "#lib/signing/checkpoint.ts";
import { quote } from "#lib/signing/quote.ts";
import { readJson } from "#lib/signing/read-json.ts";
import { refuse } from "#lib/signing/refusal.ts";
import { describeIssue } from "#lib/signing/shape-issue.ts";

/** A bundle whose shape is right. Nothing in it is verified. */
export type UnverifiedBundle = { shape: BundleShape; bundle: Bundle };

const maxBundleDepth = 16;

/**
 * Bytes of a bundle as the library's type, after everything that can be checked without cryptography: size, strict
 * JSON, exact media type, exact shape with caps, one signature and one signer, checkpoints.
 * @throws Refusal
 */
export function readBundle(bytes: Uint8Array): UnverifiedBundle {
  const limits = { what: "bundle", maxBytes: maxBundleBytes, maxDepth: maxBundleDepth };
  const json = readJson(bytes, limits, { tooLarge: "bundle-too-large", malformed: "bundle-json" });
  assertMediaType(json);
  const parsed = BundleShape.safeParse(json);
  if (!parsed.success) refuse("bundle-malformed", "bundle", `unexpected shape at ${describeIssue(parsed.error)}`);
  assertOneOfEach(parsed.data);
  for (const entry of parsed.data.verificationMaterial.tlogEntries ?? []) {
    assertCheckpoint(entry.inclusionProof);
  }
  return { shape: parsed.data, bundle: toBundle(json) };
}

function assertMediaType(json: unknown): void {
  const mediaType = typeof json === "object" && json !== null && "mediaType" in json ? json.mediaType : undefined;
  if (typeof mediaType === "string" && BUNDLE_MEDIA_TYPES.includes(mediaType)) return;
  const hint = "sign again with a tool that writes Sigstore bundles v0.2 or v0.3";
  refuse("bundle-media-type", "bundle", `media type is ${quote(mediaType)}; ${hint}`);
}

function assertOneOfEach({ verificationMaterial: material, dsseEnvelope, messageSignature }: BundleShape): void {
  if ((dsseEnvelope === undefined) === (messageSignature === undefined)) {
    refuse("bundle-malformed", "bundle", "exactly one of dsseEnvelope and messageSignature is needed");
  }
  const signers = [material.certificate, material.x509CertificateChain, material.publicKey];
  if (signers.filter((signer) => signer !== undefined).length !== 1) {
    refuse("bundle-malformed", "bundle", "exactly one of certificate, x509CertificateChain and publicKey is needed");
  }
  const entries = (material.tlogEntries ?? []).map((entry) => `${entry.logId.keyId} ${entry.canonicalizedBody}`);
  if (new Set(entries).size !== entries.length) refuse("bundle-malformed", "bundle", "a log entry is repeated");
}

function toBundle(json: unknown): Bundle {
  try {
    return bundleFromJSON(json);
  } catch {
    return refuse("bundle-malformed", "bundle", "the bundle does not fit its media type");
  }
}
