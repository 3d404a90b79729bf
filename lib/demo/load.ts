import { existsSync, writeFileSync } from "node:fs";
import type { Ctx } from "#lib/core/context.ts";
import { asPerson, type DemoAccount, ensureAccounts } from "#lib/demo/accounts.ts";
import { demoUploads } from "#lib/demo/catalogue.ts";
import { type DemoChannel, ensureChannels } from "#lib/demo/channels.ts";
import { demoAdmin, demoMembers } from "#lib/demo/people.ts";
import { ensureNamespaces } from "#lib/demo/policies.ts";
import { tryRefusedUploads } from "#lib/demo/refusals.ts";
import { demoPlaces } from "#lib/demo/services.ts";
import { openDemoSigners } from "#lib/demo/signers.ts";
import { type Tryout, writeTryout } from "#lib/demo/tryout.ts";
import { type DemoRoles, ensureUpload } from "#lib/demo/uploads.ts";
import type { DemoSigstore } from "#lib/trust/demo/index.ts";

export type DemoOrganisation = { accounts: DemoAccount[]; tryout: Tryout; channels: DemoChannel[] };

type Progress = (done: number, of: number, what: string) => void;

/**
 * Brings the demo organisation into being by the verbs its people would use: invitations, rules, real signatures,
 * real reviews. Nothing is written past them. Every start gives new passwords and a new address of the channel that has
 * a secret one; the servers are loaded once, and a start that was cut off goes on where it stopped.
 */
export async function loadDemo(
  boot: Ctx,
  instanceDir: string,
  sigstore: DemoSigstore,
  progress: Progress,
): Promise<DemoOrganisation> {
  const places = demoPlaces(instanceDir);
  const signers = openDemoSigners(places.publishers, sigstore);
  progress(0, 1, "people");
  const accounts = await ensureAccounts(boot);
  if (!existsSync(places.loaded)) {
    await loadServers(boot, accounts, signers, progress);
    writeFileSync(places.loaded, `${boot.now().toISOString()}\n`);
  }
  const tryout = await writeTryout(boot, accounts, places.tryout, signers);
  const channels = await asPerson(boot, get(accounts, demoAdmin.email), ensureChannels);
  return { accounts, tryout, channels };
}

async function loadServers(
  boot: Ctx,
  accounts: DemoAccount[],
  signers: ReturnType<typeof openDemoSigners>,
  progress: Progress,
): Promise<void> {
  const of = demoUploads.length + 2;
  progress(0, of, "namespaces and publisher rules");
  await asPerson(boot, get(accounts, demoAdmin.email), (admin) => ensureNamespaces(admin, signers));
  await asRoles(boot, accounts, async (roles) => {
    for (const [index, upload] of demoUploads.entries()) {
      progress(index + 1, of, upload.file.replace(/\.json$/, ""));
      await ensureUpload(roles, signers, upload);
    }
    progress(of - 1, of, "uploads that must be refused");
    await tryRefusedUploads(roles.publisher, signers);
  });
  progress(of, of, "done");
}

async function asRoles(boot: Ctx, accounts: DemoAccount[], work: (roles: DemoRoles) => Promise<void>): Promise<void> {
  const { publisher, reviewer, secondReviewer } = demoMembers;
  await asPerson(boot, get(accounts, publisher.email), (publisherCtx) =>
    asPerson(boot, get(accounts, reviewer.email), (first) =>
      asPerson(boot, get(accounts, secondReviewer.email), (second) =>
        work({ publisher: publisherCtx, reviewers: [first, second] }),
      ),
    ),
  );
}

function get(accounts: DemoAccount[], email: string): DemoAccount {
  const account = accounts.find((candidate) => candidate.email === email);
  if (!account) throw new Error(`${email} is deactivated: the demo cannot be loaded. Delete its folder to start over.`);
  return account;
}
