"use server";

import { action } from "#lib/http/action.ts";
import {
  addOwner,
  createNamespace,
  createNamespaceSchema,
  namespaceOwnerSchema,
  removeOwner,
  updateNamespace,
  updateNamespaceSchema,
} from "#lib/namespaces/index.ts";
import { redrawn } from "../_parts/redrawn.ts";

export const createNamespaceAction = action({
  caller: "person",
  input: createNamespaceSchema,
  run: ({ ctx, input }) => redrawn(createNamespace(ctx, input)),
});

export const updateNamespaceAction = action({
  caller: "person",
  input: updateNamespaceSchema,
  run: ({ ctx, input }) => redrawn(updateNamespace(ctx, input)),
});

export const addOwnerAction = action({
  caller: "person",
  input: namespaceOwnerSchema,
  run: ({ ctx, input }) => redrawn(addOwner(ctx, input)),
});

export const removeOwnerAction = action({
  caller: "person",
  input: namespaceOwnerSchema,
  run: ({ ctx, input }) => redrawn(removeOwner(ctx, input)),
});
