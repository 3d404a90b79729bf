import { requireAuditor } from "#lib/access/authority.ts";
import { config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { verifyChains } from "#lib/ledger/verify/chains.ts";
import type { ChainStateView } from "#lib/ledger/view.ts";
import { readKeySet } from "#lib/registry-key/index.ts";

/**
 * Verifies both chains now, with the public keys beside the registry's private key and never with the database's. For
 * auditors and admins.
 * @throws forbidden
 */
export async function chainStates(ctx: Ctx): Promise<ChainStateView[]> {
  requireAuditor(ctx);
  const keySet = await readKeySet(config().registryKeyDir, ctx.registryId);
  return verifyChains({ keySet, registryId: ctx.registryId });
}
