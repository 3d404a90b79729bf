import { findNamespaceNames } from "#lib/access/tokens/store.ts";
import type { GrantView } from "#lib/access/view.ts";
import { DomainError } from "#lib/core/errors.ts";

/**
 * Grants with namespaces spelled as stored, without repetition. For callers who may see every namespace.
 * @throws DomainError `invalid-input` naming each namespace that does not exist.
 */
export async function resolveGrants(grants: readonly GrantView[]): Promise<GrantView[]> {
  const names = await findNamespaceNames(
    null,
    grants.map((grant) => grant.namespace),
  );
  const resolved = new Map<string, GrantView>();
  const fields: { pointer: string; detail: string }[] = [];
  for (const [index, { role, namespace }] of grants.entries()) {
    const name = namespace === "*" ? "*" : names.get(namespace.toLowerCase());
    if (name === undefined)
      fields.push({ pointer: `/grants/${index}/namespace`, detail: "There is no such namespace." });
    else resolved.set(`${role} ${name}`, { role, namespace: name });
  }
  if (fields.length > 0) throw new DomainError("invalid-input", "A namespace does not exist.", { fields });
  return [...resolved.values()];
}
