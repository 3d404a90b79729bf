import { requireSystem } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { defaultThresholds, readTrustedRoot } from "#lib/signing/index.ts";
import { lintTrustedRoot } from "#lib/trust/lint.ts";
import { publicGoodRoot } from "#lib/trust/public-good.ts";
import {
  insertTrustRoot,
  listTrustRootRows,
  lockTrustRoots,
  retireTrustRoot,
  type TrustRootRow,
} from "#lib/trust/store.ts";

/** A trusted_root.json and the issuers it may speak for. */
export type SeedRoot = { bytes: Uint8Array; issuers: readonly string[] };

type Seed = SeedRoot & { slug: string; label: string; demo: boolean };

/**
 * Makes sure the built-in trust roots are there: Sigstore's public-good root, and in a demo or test instance the demo's
 * own. Other bytes or issuers than stored make a new version and retire the one before. Idempotent; for the start,
 * which a root that must not be used stops before anything is written.
 * @throws DomainError `forbidden`; Error for a demo root in a production instance, or one that `lintTrustedRoot` faults.
 */
export async function seedTrustRoots(ctx: Ctx, { demoRoot }: { demoRoot?: SeedRoot } = {}): Promise<void> {
  requireSystem(ctx);
  if (demoRoot && ctx.instanceKind === "production") throw new Error("A production instance takes no demo trust root.");
  const seeds: Seed[] = [{ ...publicGoodRoot(), slug: "public-good", label: "Sigstore public good", demo: false }];
  if (demoRoot) seeds.push({ ...demoRoot, slug: "demo", label: "Demo trust root (not for production)", demo: true });
  for (const seed of seeds) assertSound(seed);
  await transact(async (tx) => {
    await lockTrustRoots(tx);
    const rows = await listTrustRootRows(tx);
    for (const seed of seeds)
      await seedOne(
        tx,
        ctx,
        seed,
        rows.filter((row) => row.slug === seed.slug),
      );
  });
}

/** Also of a root that is stored already: what passed the checks of an earlier release need not pass today's. */
function assertSound({ slug, bytes }: Seed): void {
  const [fault] = lintTrustedRoot(bytes);
  if (fault) throw new Error(`Trust root ${slug} must not be used: ${fault.pointer} ${fault.detail}`);
}

/** @param versions of the same slug, the newest first. */
async function seedOne(tx: Tx, ctx: Ctx, seed: Seed, versions: TrustRootRow[]): Promise<void> {
  const sha256 = sha256Hex(seed.bytes);
  const newest = versions[0];
  if (newest && !newest.retiredAt && newest.sha256 === sha256 && sameIssuers(newest.issuers, seed.issuers)) return;
  const thresholds = defaultThresholds(readTrustedRoot(seed.bytes));
  const version = (newest?.version ?? 0) + 1;
  const { slug, label, demo, bytes } = seed;
  const issuers = [...seed.issuers];
  for (const row of versions) await retireTrustRoot(tx, row.id, ctx.now());
  await insertTrustRoot(tx, { slug, version, label, demo, bytes, sha256, issuers, thresholds, createdAt: ctx.now() });
  const details = { version, sha256, issuers, thresholds, demo, retired: newest?.version ?? null };
  await appendLedger(tx, ctx, { action: "trust-root.add", subject: slug, details });
}

function sameIssuers(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
