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

/** Finds the `Authorization` of a caller; sessions are new each time, tokens an administrator's. */
export async function openCallers(stage: ApiStage): Promise<(caller: Caller<Who>) => Promise<string | null>> {
  const now = () => new Date();
  const ctx = { ...stage.registry.as({ ...stage.people.admin, authenticatedAt: now() }), now };
  const secrets = new Map<Who, string>();
  for (const scope of scopes) {
    const request = { label: scope, scopes: [scope], namespaces: ["*"], expiresInDays: 1 };
    secrets.set(`token:${scope}`, (await createToken(ctx, request)).secret);
  }
  return async (caller) => {
    if (caller === null) return null;
    if ("authorization" in caller) return caller.authorization;
    return `Bearer ${secrets.get(caller.who) ?? (await stage.signIn(caller.who as StagePerson))}`;
  };
}
