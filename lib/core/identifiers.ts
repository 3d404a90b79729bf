/**
 * Every identifier that ends up in a signature or on the wire, in one place. Changing one of these breaks
 * every signature made before, so `identifiers.test.ts` holds them still.
 */

export const PAYLOAD_TYPE_IN_TOTO = "application/vnd.in-toto+json";
export const STATEMENT_TYPE_V1 = "https://in-toto.io/Statement/v1";
export const STATEMENT_TYPE_V01 = "https://in-toto.io/Statement/v0.1";

/** Bundle media types accepted on upload: both v0.3 spellings and v0.2. Compared as exact strings. */
export const BUNDLE_MEDIA_TYPES: readonly string[] = [
  "application/vnd.dev.sigstore.bundle.v0.3+json",
  "application/vnd.dev.sigstore.bundle+json;version=0.3",
  "application/vnd.dev.sigstore.bundle+json;version=0.2",
];
export const MANAGED_KEYS_MEDIA_TYPE = "application/vnd.countersign.managed-keys.v1+json";
export const KEY_SET_MEDIA_TYPE = "application/vnd.countersign.key-set.v1+json";

/** Key of our block in the read API's response-level `_meta`. */
export const APPROVAL_META_KEY = "countersign/approval";
export const OFFICIAL_META_KEY = "io.modelcontextprotocol.registry/official";
export const PUBLISHER_META_KEY = "io.modelcontextprotocol.registry/publisher-provided";

/** @param registryId PUBLIC_URL as stored at installation, without a trailing slash. */
export function publishPredicateType(registryId: string): string {
  return `${registryId}/attestations/publish/v1`;
}

/** @param registryId PUBLIC_URL as stored at installation, without a trailing slash. */
export function approvalPredicateType(registryId: string): string {
  return `${registryId}/attestations/approval/v1`;
}

/** Predicate type of the statement by which an old registry key vouches for its successor. */
export function keyRotationPredicateType(registryId: string): string {
  return `${registryId}/attestations/key-rotation/v1`;
}

/** Predicate type of the statement that ends a backup. */
export function backupPredicateType(registryId: string): string {
  return `${registryId}/attestations/backup/v1`;
}

/** Address of the page that explains a problem code. */
export function problemType(registryId: string, code: string): string {
  return `${registryId}/problems/${code}`;
}

export const maxManifestBytes = 128 * 1024;
export const maxBundleBytes = 128 * 1024;
