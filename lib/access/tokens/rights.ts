import { holdsRole, ownsNamespace } from "#lib/access/authority.ts";
import { findNamespaceNames, lockTokenChannels, type TokenChannelRow } from "#lib/access/tokens/store.ts";
import type { PersonActor, TokenScope } from "#lib/core/context.ts";
import { DomainError, type FieldProblem } from "#lib/core/errors.ts";
import type { Tx } from "#lib/db/transact.ts";

/** @property channels slugs */
export type TokenRequest = { robot: boolean; scopes: TokenScope[]; namespaces: string[]; channels: string[] };

export type TokenRights = { namespaces: string[]; channels: TokenChannelRow[] };

/**
 * Whether the person may have such a token made. What does not exist and what is none of the person's give the same
 * answer. The channels stay as they are until the transaction ends.
 * @returns the namespaces spelled as stored, or `["*"]`, and the channels.
 * @throws DomainError `invalid-input` naming every part that cannot be given.
 */
export async function assertTokenRights(tx: Tx, actor: PersonActor, request: TokenRequest): Promise<TokenRights> {
  const names = request.namespaces.includes("*") ? ["*"] : [...new Set(request.namespaces)];
  const stored = await findNamespaceNames(tx, names);
  const given = await lockTokenChannels(tx, request.channels);
  const channels = given.filter(({ openToPeople }) => request.robot || openToPeople);
  const fields = [
    ...checkScopes(actor, request, names),
    ...checkNamespaces(actor, request, names, stored),
    ...checkChannels(request, channels),
  ];
  if (fields.length > 0) throw new DomainError("invalid-input", "This token cannot be made.", { fields });
  return { namespaces: names.map((name) => stored.get(name.toLowerCase()) ?? name), channels };
}

function checkChannels({ channels }: TokenRequest, allowed: readonly TokenChannelRow[]): FieldProblem[] {
  return channels.flatMap((slug, index) => {
    if (allowed.some((channel) => channel.slug === slug)) return [];
    return [{ pointer: `/channels/${index}`, detail: "This is no token channel, or not one such a token may read." }];
  });
}

function checkScopes(actor: PersonActor, { robot, scopes }: TokenRequest, names: string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const auditor = holdsRole(actor, "auditor") || holdsRole(actor, "admin");
  if (scopes.includes("audit") && !auditor) {
    problems.push({ pointer: "/scopes", detail: "Only an auditor or administrator can give the scope audit." });
  }
  if (scopes.includes("audit") && !names.includes("*")) {
    problems.push({ pointer: "/namespaces", detail: "The audit is of every namespace: use * with it." });
  }
  if (robot && scopes.includes("publish") && names.includes("*")) {
    problems.push({ pointer: "/namespaces", detail: "Name the namespaces a robot may publish into." });
  }
  return problems;
}

function checkNamespaces(
  actor: PersonActor,
  { robot, scopes }: TokenRequest,
  names: string[],
  stored: Map<string, string>,
): FieldProblem[] {
  if (!robot && !scopes.includes("publish")) return checkExisting(actor, names, stored);
  return names.flatMap((name, index) => {
    if (name === "*") return [];
    const allowed = robot || holdsRole(actor, "publisher", name) || ownsNamespace(actor, name);
    return allowed && stored.has(name.toLowerCase()) ? [] : [unknownNamespace(index)];
  });
}

/** For reading: any namespace the person has something to do with. */
function checkExisting(actor: PersonActor, names: string[], stored: Map<string, string>): FieldProblem[] {
  return names.flatMap((name, index) => {
    if (name === "*") return [];
    const roles = ["admin", "auditor", "reviewer", "publisher"] as const;
    const involved = ownsNamespace(actor, name) || roles.some((role) => holdsRole(actor, role, name));
    return involved && stored.has(name.toLowerCase()) ? [] : [unknownNamespace(index)];
  });
}

function unknownNamespace(index: number): FieldProblem {
  return { pointer: `/namespaces/${index}`, detail: "You may not use this namespace, or it does not exist." };
}
