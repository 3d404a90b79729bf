import { createToken } from "#lib/access/index.ts";
import type { TokenScope } from "#lib/core/context.ts";
import type { Caller } from "#lib/testing/api-docs/fuzz/calls.ts";
import type { ApiStage, StagePerson } from "#lib/testing/api-docs/stage.ts";

export const people: readonly StagePerson[] = ["admin", "otherAdmin", "publisher", "reviewer", "auditor", "member"];
const scopes = ["read", "publish", "audit"] as const satisfies TokenScope[];
export type Who = StagePerson | `token:${(typeof scopes)[number]}`;
export const callers: readonly Who[] = [
  ...people,
  "admin",
  "admin",
  ...scopes.map((scope) => `token:${scope}` as const),
];

export const isToken = (caller: Caller<Who>): boolean =>
  caller !== null && "who" in caller && caller.who.startsWith("token:");

export type Credentials = {
  /** The `Authorization` header of a caller, if any. */
  of: (caller: Caller<Who>) => Record<string, string>;
  /** Signs a person in again whose session was not taken any more. @returns whether that was so. */
  renew: (caller: Caller<Who>, status: number) => Promise<boolean>;
};

/** API sessions of everybody on the stage, and an administrator's tokens, one for each scope. */
export async function openCallers(stage: ApiStage): Promise<Credentials> {
  const now = () => new Date();
  const ctx = { ...stage.registry.as({ ...stage.people.admin, authenticatedAt: now() }), now };
  const secrets = new Map<Who, string>();
  for (const scope of scopes) {
    const request = { label: scope, scopes: [scope], namespaces: ["*"], expiresInDays: 1 };
    secrets.set(`token:${scope}`, (await createToken(ctx, request)).secret);
  }
  for (const person of people) secrets.set(person, await stage.signIn(person));
  return {
    of: (caller): Record<string, string> => {
      if (caller === null) return {};
      return { authorization: "who" in caller ? `Bearer ${secrets.get(caller.who)}` : caller.authorization };
    },
    renew: async (caller, status) => {
      const person = people.find((name) => caller !== null && "who" in caller && caller.who === name);
      if (status !== 401 || !person) return false;
      secrets.set(person, await stage.signIn(person));
      return true;
    },
  };
}
