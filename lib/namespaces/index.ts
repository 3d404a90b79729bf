export { createNamespace } from "#lib/namespaces/create-namespace.ts";
export { getNamespace } from "#lib/namespaces/get-namespace.ts";
export { listNamespaces } from "#lib/namespaces/list-namespaces.ts";
export { addOwner, removeOwner } from "#lib/namespaces/owners.ts";
export {
  createNamespaceSchema,
  namespaceNameInput,
  namespaceOwnerSchema,
  namespaceRefSchema,
  updateNamespaceSchema,
} from "#lib/namespaces/schemas.ts";
export { updateNamespace } from "#lib/namespaces/update-namespace.ts";
export {
  applyDueChanges,
  cancelChange,
  changeIdSchema,
  confirmChange,
  listChanges,
  listChangesSchema,
} from "#lib/policy-changes/index.ts";
