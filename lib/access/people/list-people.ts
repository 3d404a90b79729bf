import { requireAdmin } from "#lib/access/authority.ts";
import { listOpenLinks } from "#lib/access/links/store.ts";
import { listPersonRows } from "#lib/access/people/store.ts";
import { toInvitationView, toPersonView } from "#lib/access/people/to-view.ts";
import type { InvitationView, PersonView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";

export type PeopleView = { people: PersonView[]; invitations: InvitationView[] };

/** Everybody with an account and every open invitation (never its link). @throws DomainError `forbidden`. */
export async function listPeople(ctx: Ctx): Promise<PeopleView> {
  requireAdmin(ctx);
  const [people, invitations] = await Promise.all([listPersonRows(), listOpenLinks("invitation", ctx.now())]);
  return { people: people.map(toPersonView), invitations: invitations.map(toInvitationView) };
}
