import type { LinkRow } from "#lib/access/links/store.ts";
import type { PersonRow } from "#lib/access/people/store.ts";
import type { GrantView, InvitationView, PersonView } from "#lib/access/view.ts";
import { DomainError } from "#lib/core/errors.ts";

export function toPersonView(row: PersonRow): PersonView {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    state: row.state,
    grants: row.grants,
    owns: row.ownerships.map(({ namespace }) => namespace.name),
    totp: row.totpEnabledAt !== null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.sessions[0]?.lastSeenAt.toISOString() ?? null,
  };
}

export function toInvitationView(link: LinkRow): InvitationView {
  return {
    id: link.id,
    email: link.email ?? "",
    name: link.name ?? "",
    grants: link.grants,
    createdAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
  };
}

/** Grants as the audit names them: `reviewer io.github.acme`. */
export function describeGrants(grants: readonly GrantView[]): string[] {
  return grants.map(({ role, namespace }) => `${role} ${namespace}`).sort();
}

export function personNotFound(): DomainError {
  return new DomainError("not-found", "There is no such person.");
}
