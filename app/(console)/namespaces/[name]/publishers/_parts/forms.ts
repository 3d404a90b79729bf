import { z } from "zod";
import { checkboxField } from "#lib/http/index.ts";
import { addManagedKeySchema, addRuleSchema } from "#lib/publishers/index.ts";

const [keyRule, workflowRule] = addRuleSchema.options;
const switches = { allowMessageSignatures: checkboxField };

/** The last day a key is good is given as a date; it ends with that day in UTC. */
const lastDay = z.preprocess(
  (value) => (value === "" || value === undefined ? null : `${String(value)}T23:59:59Z`),
  addManagedKeySchema.shape.notAfter,
);

export const keyForm = addManagedKeySchema.extend({ notAfter: lastDay });

export const keyRuleForm = keyRule.extend(switches);

/** Claims come as `claims.repository` and so on; the two that may be left open come empty. */
export const workflowRuleForm = z.preprocess(gatherClaims, workflowRule.extend(switches));

function gatherClaims(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const claims: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    if (!name.startsWith("claims.")) rest[name] = field;
    else claims[name.slice("claims.".length)] = field;
  }
  for (const name of ["runnerEnvironment", "deploymentEnvironment"]) if (claims[name] === "") claims[name] = null;
  return { ...rest, claims: { triggers: [], ...claims } };
}
