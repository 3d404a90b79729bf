export { ensureRegistryKey } from "#lib/registry-key/ensure.ts";
export { loadRegistryKey, type RegistryPrivateKey, readKeySet } from "#lib/registry-key/read.ts";
export { rotateKeyFiles } from "#lib/registry-key/rotate.ts";
