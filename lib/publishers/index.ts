export { addManagedKey } from "#lib/publishers/add-managed-key.ts";
export { addRule } from "#lib/publishers/add-rule.ts";
export { listNamespaceKeys, listNamespaceRules } from "#lib/publishers/list.ts";
export { loadPublishPolicy, type PolicyKey, type PublishPolicy } from "#lib/publishers/policy.ts";
export { prefillFromRefusal } from "#lib/publishers/prefill.ts";
export { retireRule } from "#lib/publishers/retire-rule.ts";
export { revokeManagedKey } from "#lib/publishers/revoke-managed-key.ts";
export {
  addManagedKeySchema,
  addRuleSchema,
  prefillSchema,
  revokeManagedKeySchema,
  ruleIdSchema,
  testRulesSchema,
} from "#lib/publishers/schemas.ts";
export { testRules } from "#lib/publishers/test-rules.ts";
