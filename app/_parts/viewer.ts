import type { AreaKey, InstallationView, Viewer } from "#components/shell/viewer.ts";
import { holdsRole, isAuditor } from "#lib/access/index.ts";
import type { Actor, Ctx, PersonActor } from "#lib/core/context.ts";

/** Who is signed in, for the shell; null for everybody else. Only chooses what the navigation offers. */
export function toViewer(actor: Actor): Viewer | null {
  if (actor.kind !== "person") return null;
  return { name: actor.name, email: actor.email, areas: areasFor(actor) };
}

function areasFor(person: PersonActor): AreaKey[] {
  const admin = holdsRole(person, "admin");
  const auditor = isAuditor(person);
  const useful: Record<AreaKey, boolean> = {
    reviews: admin || auditor || holdsRole(person, "reviewer"),
    namespaces: admin || person.owns.length > 0,
    channels: true,
    tokens: true,
    people: admin,
    trust: admin || auditor,
    audit: auditor,
    account: true,
  };
  return (Object.keys(useful) as AreaKey[]).filter((key) => useful[key]);
}

/** What the shell says about this installation. */
export function toInstallationView(ctx: Ctx): InstallationView {
  return { registryId: ctx.registryId, host: new URL(ctx.registryId).host, demo: ctx.instanceKind === "demo" };
}
