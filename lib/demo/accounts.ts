import { randomInt } from "node:crypto";
import {
  acceptInvitation,
  actorFromSession,
  consumeBootstrap,
  createBootstrapLink,
  endSession,
  hasAdmin,
  invitePerson,
  listPeople,
  requestReset,
  resetAdmin,
  resetPassword,
  signIn,
} from "#lib/access/index.ts";
import type { PersonView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { type DemoPerson, demoAdmin, demoMembers } from "#lib/demo/people.ts";

export type DemoAccount = DemoPerson & { password: string };

const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** Twenty characters of 31, in groups that can be read aloud: 99 bits. */
function makePassword(): string {
  const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

const tokenOf = (url: string): string => new URL(url).hash.replace("#token=", "");

/**
 * Gives everybody of the demo organisation a new password: joins them the first time, as their administrator would,
 * resets their passwords later, which ends their sessions. Somebody deactivated since stays so and is left out.
 */
export async function ensureAccounts(boot: Ctx): Promise<DemoAccount[]> {
  const admin = { ...demoAdmin, password: makePassword() };
  await ensureAdmin(boot, admin);
  return asPerson(boot, admin, async (ctx) => {
    const { people } = await listPeople(ctx);
    const accounts: DemoAccount[] = [admin];
    for (const member of Object.values(demoMembers)) {
      const account = { ...member, password: makePassword() };
      const known = people.find(({ email }) => email === member.email);
      if (known?.state === "deactivated") continue;
      await (known ? resetMember(boot, known, account) : joinMember(ctx, account));
      accounts.push(account);
    }
    return accounts;
  });
}

async function ensureAdmin(boot: Ctx, { email, name, password }: DemoAccount): Promise<void> {
  if (await hasAdmin()) {
    const { url } = await resetAdmin(boot, { email });
    await resetPassword(boot, { token: tokenOf(url), password });
    return;
  }
  const { url } = await createBootstrapLink(boot);
  await consumeBootstrap(boot, { token: tokenOf(url), email, name, password });
}

async function joinMember(admin: Ctx, { email, name, grants, password }: DemoAccount): Promise<void> {
  const { url } = await invitePerson(admin, { email, name, grants });
  await acceptInvitation(admin, { token: tokenOf(url), password });
}

/** As the host: two administrators one of whom reset the other's password could not confirm each other's changes. */
async function resetMember(boot: Ctx, person: PersonView, { password }: DemoAccount): Promise<void> {
  const { url } = await requestReset(boot, { personId: person.id });
  await resetPassword(boot, { token: tokenOf(url), password });
}

/** Signs in, does the work as that person, and signs out again. */
export async function asPerson<T>(boot: Ctx, who: DemoAccount, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { sessionId } = await signIn(boot, { email: who.email, password: who.password }, "api");
  const actor = await actorFromSession({ id: sessionId }, boot.now());
  if (!actor) throw new Error(`${who.email} has no session.`);
  const ctx: Ctx = { ...boot, actor };
  try {
    return await work(ctx);
  } finally {
    await endSession(ctx, { session: "current" }).catch((error) => {
      if (!isDomainError(error)) throw error;
    });
  }
}
