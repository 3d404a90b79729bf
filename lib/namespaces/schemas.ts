import { z } from "zod";
import { idSchema } from "#lib/access/index.ts";

/** A reverse-DNS namespace as server names begin with: labels of letters, digits and dashes. */
export const namespaceSchema = z
  .string()
  .trim()
  .max(150)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/,
    "Write a reverse domain name, such as com.example or io.github.acme.",
  );

/** As named in an address: bounded, so that a wrong one is simply not found. */
export const namespaceRefSchema = z.string().min(1).max(200);

const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

export const policyShape = {
  requiredApprovals: count(1, 10),
  lifetimeDays: count(1, 730),
  unpinned: z.enum(["allow", "refuse"]),
  maxPending: count(1, 1000),
};

export const createNamespaceSchema = z.strictObject({
  name: namespaceSchema,
  ownerIds: z.array(idSchema).max(50).default([]),
  requiredApprovals: policyShape.requiredApprovals.default(1),
  lifetimeDays: policyShape.lifetimeDays.default(90),
  unpinned: policyShape.unpinned.default("allow"),
  maxPending: policyShape.maxPending.default(20),
});

export const updateNamespaceSchema = z.strictObject({
  name: namespaceRefSchema,
  requiredApprovals: policyShape.requiredApprovals.optional(),
  lifetimeDays: policyShape.lifetimeDays.optional(),
  unpinned: policyShape.unpinned.optional(),
  maxPending: policyShape.maxPending.optional(),
});

export const namespaceOwnerSchema = z.strictObject({ name: namespaceRefSchema, personId: idSchema });
export const namespaceNameInput = z.strictObject({ name: namespaceRefSchema });
