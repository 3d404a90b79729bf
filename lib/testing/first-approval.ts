import { randomUUID } from "node:crypto";
import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import { db } from "#lib/db/client.ts";

/** Leaves the registry as after its first countersignature, which is when loosenings begin to wait. Not verifiable. */
export async function plantFirstApproval(namespaceId: string, now: Date): Promise<void> {
  const name = `planted/${randomUUID().slice(0, 8)}`;
  const manifest = Buffer.from(JSON.stringify({ name }));
  const server = await db().server.create({
    data: { id: randomUUID(), namespaceId, name, nameKey: name, createdAt: now },
  });
  const version = await db().version.create({
    data: {
      id: randomUUID(),
      serverId: server.id,
      version: "1.0.0",
      state: "approved",
      round: 1,
      requiredApprovals: 1,
      manifest: new Uint8Array(manifest),
      manifestDigest: digestOf(manifest),
      description: "planted",
      validation: [],
      pins: [],
      uploaderLabel: "test",
      receivedAt: now,
      statusChangedAt: now,
      updatedAt: now,
    },
  });
  await db().approval.create({
    data: {
      id: randomUUID(),
      versionId: version.id,
      round: 1,
      state: "approved",
      bundle: new Uint8Array(manifest),
      sha256: sha256Hex(manifest),
      keyId: "k",
      approvedAt: now,
    },
  });
}
