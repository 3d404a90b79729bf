import { readFileSync, statSync } from "node:fs";
import type { Config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { maxBundleBytes } from "#lib/core/identifiers.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";

/**
 * Judges both chains. @param files countersignatures somebody kept outside the registry.
 * @throws DomainError naming the first broken event of each chain that is broken.
 */
export async function verifyAudit(ctx: Ctx, config: Config, files: string[]): Promise<string> {
  const keySet = await readKeySet(config.registryKeyDir, ctx.registryId);
  const handedIn = files.map((file) => ({ label: file, bytes: readBounded(file) }));
  const chains = await verifyChains({ keySet, registryId: ctx.registryId }, handedIn);
  const lines = chains.map((chain) =>
    chain.broken
      ? `${chain.chain}: BROKEN at event ${chain.broken.seq}: ${chain.broken.reason}`
      : `${chain.chain}: intact, ${chain.entries} events, head ${chain.head.seq} ${chain.head.sha256}`,
  );
  const checked = chains.reduce((sum, chain) => sum + chain.auditHeadsChecked, 0);
  lines.push(`${checked} countersignatures compared.`);
  if (chains.some((chain) => chain.broken)) throw new DomainError("conflict", lines.join("\n"));
  return lines.join("\n");
}

function readBounded(file: string): Buffer {
  if (statSync(file).size > maxBundleBytes) throw new DomainError("payload-too-large", `${file} is too large.`);
  return readFileSync(file);
}
