export { applyDueChanges } from "#lib/policy-changes/apply-due.ts";
export { cancelChange, changeIdSchema, confirmChange } from "#lib/policy-changes/decide.ts";
export { type ChangeEffect, type PolicyPatch, policyPatchSchema } from "#lib/policy-changes/kinds.ts";
export { listChanges, listChangesSchema } from "#lib/policy-changes/list-changes.ts";
export { type Loosening, proposeChange } from "#lib/policy-changes/propose.ts";
export { supersedeChanges } from "#lib/policy-changes/supersede.ts";
