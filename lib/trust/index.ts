export { listTrustRoots } from "#lib/trust/list.ts";
export { type SeedRoot, seedTrustRoots } from "#lib/trust/seed.ts";
export { readSigningConfig, writeSigningConfig } from "#lib/trust/signing-config.ts";
