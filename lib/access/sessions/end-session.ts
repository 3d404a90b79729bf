import { z } from "zod";
import { requirePerson } from "#lib/access/authority.ts";
import { idSchema } from "#lib/access/schemas.ts";
import { endSessions, type SessionFilter } from "#lib/access/sessions/store.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const endSessionSchema = z.strictObject({
  /** `current` (sign out), `others`, or the id of one of the caller's own sessions. */
  session: z.union([z.literal("current"), z.literal("others"), idSchema]),
});

/**
 * Ends the caller's own sessions.
 * @returns how many ended; ending the current one twice is no error.
 * @throws DomainError `not-found` for an id that is not an open session of the caller.
 */
export async function endSession(ctx: Ctx, input: unknown): Promise<{ ended: number }> {
  const actor = requirePerson(ctx);
  const { session } = parseInput(endSessionSchema, input);
  return transact(async (tx) => {
    const ended = await endSessions(tx, toFilter(actor, session), ctx.now());
    if (ended === 0 && session !== "current" && session !== "others") {
      throw new DomainError("not-found", "There is no such session.");
    }
    if (ended > 0) await record(tx, ctx, actor, ended);
    return { ended };
  });
}

function toFilter(actor: PersonActor, session: string): SessionFilter {
  const { personId, sessionId } = actor;
  if (session === "others") return { personId, exceptId: sessionId };
  return { personId, id: session === "current" ? sessionId : session };
}

async function record(tx: Tx, ctx: Ctx, actor: PersonActor, ended: number): Promise<void> {
  const details = { person: actor.personId, ended };
  await appendLedger(tx, ctx, { action: "session.end", subject: actor.email, details });
}
