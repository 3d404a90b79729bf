export { approveVersion } from "#lib/approval/approve.ts";
export { evidencePack } from "#lib/approval/evidence/pack.ts";
export { recordExpiries } from "#lib/approval/record-expiries.ts";
export { recordRegistryKeys, rotateRegistryKey } from "#lib/approval/registry-keys.ts";
export { rejectVersion } from "#lib/approval/reject.ts";
export { revokeVersion } from "#lib/approval/revoke.ts";
export { ApproveInput, RejectInput } from "#lib/approval/schemas.ts";
export { ensureRegistryKey, loadRegistryKey, readKeySet } from "#lib/registry-key/index.ts";
