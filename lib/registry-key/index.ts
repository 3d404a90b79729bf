export { ensureRegistryKey } from "#lib/registry-key/ensure.ts";
export { publishKeySet } from "#lib/registry-key/publish.ts";
export { loadRegistryKey, type RegistryPrivateKey, readKeySet, readKeySetFile } from "#lib/registry-key/read.ts";
export { rotateKeyFiles } from "#lib/registry-key/rotate.ts";
