import { requireSystem } from "#lib/access/authority.ts";
import { listRegistryKeys, saveRegistryKey } from "#lib/approval/store.ts";
import { config } from "#lib/config/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger, lockLedger } from "#lib/ledger/index.ts";
import { publishKeySet, rotateKeyFiles } from "#lib/registry-key/index.ts";
import type { KeySet, RegistryPublicKey } from "#lib/signing/index.ts";

/**
 * Brings the database's list of registry keys and the ledger up to what the key files say. Idempotent; called at every
 * start, so that a rotation interrupted after the files changed is on the record too.
 * @throws DomainError `forbidden` for all but our own processes.
 */
export async function recordRegistryKeys(ctx: Ctx, keySet: KeySet): Promise<void> {
  requireSystem(ctx);
  await transact(async (tx) => {
    await lockLedger(tx);
    await recordKeys(tx, ctx, keySet);
  });
}

/**
 * Replaces the registry's signing key, for the host's administrator. Holds the ledger's lock while the files change, as
 * every countersignature does, so none is dated after the old key's end. What the old key signed stays valid.
 * @returns the new public keys, the newest last.
 * @throws DomainError `forbidden` for all but our own processes; Error when the key files cannot be used.
 */
export async function rotateRegistryKey(ctx: Ctx): Promise<KeySet> {
  requireSystem(ctx);
  return transact(async (tx) => {
    const head = await lockLedger(tx);
    const at = new Date(Math.max(ctx.now().getTime(), head.at.getTime() + 1));
    const { registryKeyDir: dir, keySetFile } = config();
    const keySet = await rotateKeyFiles({ dir, registryId: ctx.registryId, at });
    // Before the ledger tells readers, who then read the copy again.
    await publishKeySet({ dir, file: keySetFile });
    await recordKeys(tx, ctx, keySet);
    return keySet;
  });
}

async function recordKeys(tx: Tx, ctx: Ctx, { keys }: KeySet): Promise<void> {
  const known = new Map((await listRegistryKeys(tx)).map((row) => [row.keyId, row]));
  for (const key of keys) {
    const before = known.get(key.keyId);
    if (before && (before.notAfter?.toISOString() ?? null) === key.notAfter) continue;
    await saveRegistryKey(tx, toFacts(key), ctx.now());
    if (before) continue;
    await appendLedger(tx, ctx, {
      action: key.rotation === null ? "registry-key.create" : "registry-key.rotate",
      subject: `registry key ${key.keyId.slice(0, 16)}`,
      details: { keyId: key.keyId, notBefore: key.notBefore },
    });
  }
}

function toFacts({ keyId, spkiPem, notBefore, notAfter, revokedAt, rotation }: RegistryPublicKey) {
  return {
    keyId,
    spkiPem,
    notBefore: new Date(notBefore),
    notAfter: notAfter === null ? null : new Date(notAfter),
    revokedAt: revokedAt === null ? null : new Date(revokedAt),
    rotation: rotation === null ? null : Buffer.from(rotation, "base64"),
  };
}
