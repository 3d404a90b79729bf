import { readFile } from "node:fs/promises";
import { config } from "#lib/config/index.ts";
import { verifyChains } from "#lib/ledger/verify/chains.ts";
import type { ChainStateView } from "#lib/ledger/view.ts";
import { readKeySet } from "#lib/registry-key/index.ts";

/**
 * `admin -- audit verify [approval.json …]`: verifies both chains, also against countersignatures that clients kept.
 * @param options.write receives the report, line by line.
 * @returns the exit code: 0 intact, 1 broken.
 */
export async function auditVerify(options: {
  registryId: string;
  files: readonly string[];
  write: (line: string) => void;
}): Promise<number> {
  const { registryId, write } = options;
  const keySet = await readKeySet(config().registryKeyDir, registryId);
  const handedIn = await Promise.all(options.files.map(async (label) => ({ label, bytes: await readFile(label) })));
  const states = await verifyChains({ keySet, registryId }, handedIn);
  for (const state of states) write(describeState(state));
  return states.every((state) => state.intact) ? 0 : 1;
}

function describeState({ chain, entries, head, broken, auditHeadsChecked }: ChainStateView): string {
  const name = chain === "ledger" ? "Ledger" : "Refusals";
  if (broken) return `${name}: BROKEN at event ${broken.seq}: ${broken.reason}`;
  const heads = chain === "ledger" ? `; ${auditHeadsChecked} countersigned heads agree` : "";
  return `${name}: intact, ${entries} events, head ${head.seq} sha256:${head.sha256}${heads}`;
}
