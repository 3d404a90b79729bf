import { redirect } from "next/navigation";
import { config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { toPageError } from "#lib/http/refusal.ts";
import { isOpenToVisitors, type ReadOptions } from "#lib/resolver/client.ts";
import { pageCtx } from "#lib/session/index.ts";
import { signInPath } from "../../_parts/next-path.ts";

/**
 * Who reads a catalogue page. Strangers are sent to sign-in unless the default channel is open to everybody.
 * @throws DomainError `unavailable`.
 */
export async function requireCatalogReader(path: string): Promise<Ctx> {
  const ctx = await pageCtx();
  if (ctx.actor.kind === "person") return ctx;
  if (!config().anonymousRead || !(await isOpenToVisitors().catch(failPage))) redirect(signInPath(path));
  return ctx;
}

function failPage(error: unknown): never {
  throw toPageError(error);
}

/** What the reader is shown of the catalogue: people signed in everything, everybody else the default channel. */
export function toReadOptions({ actor }: Ctx): ReadOptions {
  return { visitor: actor.kind !== "person" };
}
