import { type Digest, digestOf } from "#lib/core/digest.ts";
import type { Scene } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { openRegistry, type Registry, type RegistryOptions } from "../http/registry.ts";
import { EntryAnswer } from "../http/shapes.ts";
import { safe } from "../terminal/safe-text.ts";
import { trustRegistryKeys } from "../trust/registry-keys.ts";
import { type Evidence, maxEvidenceBytes } from "./evidence.ts";
import { toReadPlace } from "./read-place.ts";

export type FetchTarget = RegistryOptions & {
  name: string;
  version: string | null;
  registryKey?: string | undefined;
  channel?: string | undefined;
};

/**
 * Fetches a version's manifest, publisher bundle, approval and trust root by digest, as every reader gets them or, with
 * a channel, as those who may read that.
 */
export async function fetchEvidence(scene: Scene, target: FetchTarget): Promise<Evidence> {
  const { base, token } = toReadPlace(scene.env, target.channel);
  const registry = await openRegistry(scene.env, target, token);
  const { keySet, trustedBy } = await trustRegistryKeys(scene, registry, target.registryKey, base);
  const { name, version } = target;
  return scene.terminal.progress(safe`Fetching ${name}`, async () => {
    const entry = await registry.get(entryPath(base, name, version), EntryAnswer);
    assertAnswered(entry, name, version);
    const official = entry._meta["io.modelcontextprotocol.registry/official"];
    const [manifestBytes, bundleBytes, approvalBytes, trustRootBytes] = await fetchBlobs(registry, base, entry);
    const status = { shown: official.status, message: official.statusMessage ?? null };
    const registryId = registry.address;
    return { registryId, manifestBytes, bundleBytes, approvalBytes, trustRootBytes, keySet, trustedBy, status };
  });
}

/** A named version is asked for even when it was revoked, to say so; `latest` only among what is shown. */
function entryPath(base: string, name: string, version: string | null): string {
  const path = `${base}/servers/${encodeURIComponent(name)}/versions`;
  return version === null ? `${path}/latest` : `${path}/${encodeURIComponent(version)}?include_deleted=true`;
}

function assertAnswered({ server }: EntryAnswer, name: string, version: string | null): void {
  if (server.name === name && (version === null || server.version === version)) return;
  const text = safe`Asked for ${name}, the registry answered with ${server.name}@${server.version}.`;
  throw new Failure(EXIT.verificationFailed, "wrong-version", text);
}

async function fetchBlobs(registry: Registry, base: string, entry: EntryAnswer) {
  const meta = entry._meta["countersign/approval"];
  const [bundle] = meta.bundles;
  const fetchBlob = async (kind: string, digest: string | undefined, maxBytes: number) => {
    const path = `${base}/x/countersign/${kind}/${digest ?? ""}?include_deleted=true`;
    const bytes = await registry.bytes(path, maxBytes);
    if (digestOf(bytes) === (digest as Digest)) return bytes;
    throw new Failure(EXIT.verificationFailed, "digest-mismatch", safe`The ${kind} served does not have its digest.`);
  };
  return Promise.all([
    fetchBlob("manifest", meta.manifest.digest, maxEvidenceBytes.manifest),
    fetchBlob("bundle", bundle?.digest, maxEvidenceBytes.bundle),
    fetchBlob("approval", meta.approval.digest, maxEvidenceBytes.approval),
    fetchBlob("trusted-root", bundle?.trustRoot, maxEvidenceBytes.trustRoot),
  ]);
}
