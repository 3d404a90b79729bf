import { requirePublisher } from "#lib/access/authority.ts";
import type { Ctx, PersonActor, TokenActor } from "#lib/core/context.ts";
import { digestOf } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { extractPins } from "#lib/manifest/index.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import { namespaceOf } from "#lib/versions/name.ts";
import { proveUpload } from "#lib/versions/publish/prove.ts";
import { readAcceptableManifest } from "#lib/versions/publish/read-manifest.ts";
import { receiveUpload } from "#lib/versions/publish/receive.ts";
import { refuseUpload, type UploadFacts } from "#lib/versions/publish/refusal.ts";
import { withVerificationSlot } from "#lib/versions/publish/slots.ts";
import { PublishInput } from "#lib/versions/schemas.ts";
import type { PublishView } from "#lib/versions/view.ts";

/**
 * Publishes one version: nothing is written until the bundle verifies, names exactly these bytes and was signed by
 * somebody the namespace allows, and then it waits for review. The same bytes again answer with the existing record.
 * Does not check that the server runs or that its packages exist.
 * A refused upload leaves nothing but its entry in the refusal chain; a dry run leaves nothing at all.
 * @throws DomainError `forbidden`, `not-found`, `manifest-invalid`, `signature-rejected`, `publisher-not-allowed`,
 * `unpinned-refused`, `pending-limit`, `name-taken`, `version-exists`, `verification-busy`
 */
export async function publishVersion(ctx: Ctx, raw: PublishInput): Promise<PublishView> {
  const uploader = requireUploader(ctx);
  const input = parseInput(PublishInput, raw);
  const facts: UploadFacts = { name: null, version: null, namespace: null };
  try {
    return await publish(ctx, uploader, input, facts);
  } catch (error) {
    throw input.dryRun ? error : await refuseUpload(ctx, input, facts, error);
  }
}

async function publish(
  ctx: Ctx,
  uploader: PersonActor | TokenActor,
  { manifestBytes, bundleBytes, dryRun }: { manifestBytes: Uint8Array; bundleBytes: Uint8Array; dryRun: boolean },
  facts: UploadFacts,
): Promise<PublishView> {
  const { manifest, issues } = readAcceptableManifest(manifestBytes);
  const namespace = namespaceOf(manifest.name);
  Object.assign(facts, { name: manifest.name, version: manifest.version, namespace });
  requirePublisher(ctx, namespace);
  const proof = await withVerificationSlot(uploader, async () => {
    const policy = await loadPublishPolicy(null, namespace, { lock: false });
    const { registryId } = ctx;
    return proveUpload({ manifestBytes, bundleBytes, manifest, registryId, policy, receivedAt: ctx.now() });
  });
  const pins = extractPins(manifest);
  const manifestDigest = digestOf(manifestBytes);
  const upload = { manifest, manifestBytes, bundleBytes, manifestDigest, pins, issues, proof };
  return transact((tx) => receiveUpload(tx, ctx, uploader, upload, dryRun));
}

/** Who may upload at all; into which namespace is asked once the manifest names it. */
function requireUploader(ctx: Ctx): PersonActor | TokenActor {
  const { actor } = ctx;
  if (actor.kind === "person") return actor;
  if (actor.kind === "token" && actor.scopes.includes("publish")) return actor;
  if (actor.kind === "token") throw new DomainError("forbidden", "This token has no scope `publish`.");
  throw new DomainError("unauthenticated", "Sign in to go on.");
}
