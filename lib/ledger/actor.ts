import type { Actor } from "#lib/core/context.ts";

/** What the ledger keeps of an actor: stable ids and the name shown at the time. Never a secret. */
export function actorFacts(actor: Actor): Record<string, unknown> {
  const label = actorLabel(actor);
  switch (actor.kind) {
    case "person":
      return { kind: "person", id: actor.personId, session: actor.sessionId, label };
    case "token":
      return { kind: "token", id: actor.tokenId, owner: actor.ownerId, createdBy: actor.createdById, label };
    case "system":
      return { kind: "system", name: actor.name, label };
    case "anonymous":
      return { kind: "anonymous", label };
  }
}

/** How an actor is named in lists. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return actor.name;
    case "token":
      return `token ${actor.label}`;
    case "system":
      return actor.name === "host" ? "host command" : `registry (${actor.name})`;
    case "anonymous":
      return "anonymous";
  }
}
