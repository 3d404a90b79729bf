"use server";

import { action } from "#lib/http/action.ts";
import {
  addManagedKey,
  addRule,
  retireRule,
  revokeManagedKey,
  revokeManagedKeySchema,
  ruleIdSchema,
  testRules,
  testRulesSchema,
} from "#lib/publishers/index.ts";
import { redrawn } from "../../../_parts/redrawn.ts";
import { keyForm, keyRuleForm, workflowRuleForm } from "./_parts/forms.ts";

export const addKeyAction = action({
  caller: "person",
  input: keyForm,
  run: ({ ctx, input }) => addManagedKey(ctx, input),
});

export const revokeKeyAction = action({
  caller: "person",
  input: revokeManagedKeySchema,
  run: ({ ctx, input }) => redrawn(revokeManagedKey(ctx, input)),
});

export const addKeyRuleAction = action({
  caller: "person",
  input: keyRuleForm,
  run: ({ ctx, input }) => addRule(ctx, input),
});

export const addWorkflowRuleAction = action({
  caller: "person",
  input: workflowRuleForm,
  run: ({ ctx, input }) => addRule(ctx, input),
});

export const retireRuleAction = action({
  caller: "person",
  input: ruleIdSchema,
  run: ({ ctx, input }) => redrawn(retireRule(ctx, input)),
});

export const testRulesAction = action({
  caller: "person",
  input: testRulesSchema,
  run: ({ ctx, input }) => testRules(ctx, input),
});
