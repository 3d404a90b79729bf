import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { LatestCandidate } from "#lib/versions/latest.ts";
import type { ProvenUpload } from "#lib/versions/publish/receive.ts";
import type { VersionState } from "#lib/versions/view.ts";
import type { Scope } from "#lib/versions/visibility.ts";

export type Uploader = {
  personId: string | null;
  tokenId: string | null;
  tokenCreatorId: string | null;
  label: string;
};

const latestColumns = { id: true, version: true, state: true, publishedAt: true, expiresAt: true } as const;

const summaryColumns = {
  ...latestColumns,
  serverId: true,
  title: true,
  description: true,
  deprecated: true,
  manifestDigest: true,
  receivedAt: true,
  updatedAt: true,
  statusMessage: true,
  uploaderLabel: true,
  uploaderPersonId: true,
  uploaderTokenId: true,
  server: { select: { name: true, namespace: { select: { id: true, name: true } } } },
} as const satisfies Prisma.VersionSelect;

const detailColumns = {
  ...summaryColumns,
  round: true,
  requiredApprovals: true,
  tokenCreatorId: true,
  statusChangedAt: true,
  expiredRound: true,
  manifest: true,
  validation: true,
  pins: true,
  bundles: { orderBy: [{ receivedAt: "asc" }, { id: "asc" }] },
  approvals: { orderBy: { round: "asc" } },
} as const satisfies Prisma.VersionSelect;

export type SummaryRow = Prisma.VersionGetPayload<{ select: typeof summaryColumns }>;
export type DetailRow = Prisma.VersionGetPayload<{ select: typeof detailColumns }>;
export type BundleRow = DetailRow["bundles"][number];

/** Names of trust roots by the hex digest of their bytes, retired ones too. */
export type KnownRoots = ReadonlyMap<string, { label: string; demo: boolean }>;

export async function listKnownRoots(tx: Tx | null): Promise<KnownRoots> {
  const rows = await (tx ?? db()).trustRoot.findMany({ select: { sha256: true, label: true, demo: true } });
  return new Map(rows.map(({ sha256, label, demo }) => [sha256, { label, demo }]));
}

/** The one question about visibility: see `Scope`. */
function visible(scope: Scope): Prisma.VersionWhereInput {
  if (scope.insideOf === null) return {};
  return {
    OR: [
      { publishedAt: { not: null } },
      { server: { namespace: { nameKey: { in: scope.insideOf } } } },
      ...(scope.personId === null ? [] : [{ uploaderPersonId: scope.personId }]),
      ...(scope.tokenId === null ? [] : [{ uploaderTokenId: scope.tokenId }]),
    ],
  };
}

export async function findVisibleVersion(scope: Scope, name: string, version: string): Promise<DetailRow | null> {
  return db().version.findFirst({
    where: { AND: [{ version, server: { name } }, visible(scope)] },
    select: detailColumns,
  });
}

/** For those whom the caller has already asked for permission. */
export async function findVersionById(tx: Tx | null, id: string): Promise<DetailRow | null> {
  return (tx ?? db()).version.findUnique({ where: { id }, select: detailColumns });
}

/** For those whom the caller has already asked for permission. */
export async function findVersionOf(serverId: string, version: string): Promise<DetailRow | null> {
  return db().version.findUnique({ where: { serverId_version: { serverId, version } }, select: detailColumns });
}

export async function listVisibleVersions(scope: Scope, name: string): Promise<SummaryRow[]> {
  return db().version.findMany({ where: { AND: [{ server: { name } }, visible(scope)] }, select: summaryColumns });
}

export async function findVisibleId(tx: Tx, scope: Scope, name: string, version: string) {
  return tx.version.findFirst({
    where: { AND: [{ version, server: { name } }, visible(scope)] },
    select: { id: true, server: { select: { namespaceId: true } } },
  });
}

/**
 * Locks a version for change, after its namespace: every verb of the lifecycle takes the two in this order, so they
 * follow each other and never wait in a circle.
 */
export async function lockVersion(tx: Tx, namespaceId: string, id: string): Promise<DetailRow> {
  await tx.$executeRaw`SELECT 1 FROM "Namespace" WHERE id = ${namespaceId}::uuid FOR NO KEY UPDATE`;
  await tx.$executeRaw`SELECT 1 FROM "Version" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return tx.version.findUniqueOrThrow({ where: { id }, select: detailColumns });
}

type RecordedCandidate = LatestCandidate & { round: number; expiredRound: number | null };

export async function listLatestCandidates(tx: Tx | null, serverId: string): Promise<RecordedCandidate[]> {
  const select = { ...latestColumns, round: true, expiredRound: true } as const;
  return (tx ?? db()).version.findMany({ where: { serverId, state: "approved" }, select });
}

export type VersionChange = {
  state?: VersionState;
  statusMessage?: string | null;
  statusChangedAt?: Date;
  updatedAt?: Date;
  publishedAt?: Date;
  expiresAt?: Date;
  round?: number;
  expiredRound?: number;
};

export async function updateVersions(tx: Tx, ids: readonly string[], change: VersionChange): Promise<void> {
  await tx.version.updateMany({ where: { id: { in: [...ids] } }, data: change });
}

// ---------------------------------------------------------------- publishing

export async function findServer(tx: Tx, name: string): Promise<{ id: string } | null> {
  return tx.server.findUnique({ where: { name }, select: { id: true } });
}

export async function listServerNames(tx: Tx, namespaceId: string): Promise<string[]> {
  const rows = await tx.server.findMany({ where: { namespaceId }, select: { name: true } });
  return rows.map((row) => row.name);
}

export async function countPending(tx: Tx, namespaceId: string): Promise<number> {
  return tx.version.count({ where: { state: "pending", server: { namespaceId } } });
}

export async function findPublished(tx: Tx, serverId: string, version: string) {
  return tx.version.findUnique({
    where: { serverId_version: { serverId, version } },
    select: { state: true, expiresAt: true, manifestDigest: true },
  });
}

export async function insertServer(
  tx: Tx,
  { namespaceId, name, at }: { namespaceId: string; name: string; at: Date },
): Promise<string> {
  const id = randomUUID();
  await tx.server.create({ data: { id, namespaceId, name, nameKey: name.toLowerCase(), createdAt: at } });
  return id;
}

export type NewVersion = { serverId: string; requiredApprovals: number; uploader: Uploader; upload: ProvenUpload };

/** One pending version with its bundle. A second one of the same number fails on the unique constraint. */
export async function insertVersion(
  tx: Tx,
  { serverId, requiredApprovals, uploader, upload }: NewVersion,
): Promise<string> {
  const id = randomUUID();
  const { receivedAt } = upload.proof;
  await tx.version.create({
    data: {
      id,
      serverId,
      version: upload.manifest.version,
      state: "pending",
      requiredApprovals,
      manifest: new Uint8Array(upload.manifestBytes),
      manifestDigest: upload.manifestDigest,
      description: upload.manifest.description,
      title: upload.manifest.title,
      validation: upload.issues,
      pins: upload.pins,
      uploaderPersonId: uploader.personId,
      uploaderTokenId: uploader.tokenId,
      tokenCreatorId: uploader.tokenCreatorId,
      uploaderLabel: uploader.label,
      receivedAt,
      statusChangedAt: receivedAt,
      updatedAt: receivedAt,
      bundles: { create: [toBundleData(upload)] },
    },
  });
  return id;
}

function toBundleData({ bundleBytes, proof }: ProvenUpload): Prisma.BundleCreateWithoutVersionInput {
  const { upload, receivedAt } = proof;
  return {
    id: randomUUID(),
    bytes: new Uint8Array(bundleBytes),
    sha256: upload.bundleSha256,
    kind: upload.kind,
    identity: upload.identity,
    signedAt: upload.signedAt === null ? null : new Date(upload.signedAt),
    receivedAt,
    trustRootSlug: upload.trustRoot.slug,
    trustRootVersion: upload.trustRoot.version,
    trustRootSha256: upload.trustRoot.sha256,
    trustRootBytes: new Uint8Array(upload.trustRoot.bytes),
    managedKeyId: upload.managedKeyId,
    ruleId: upload.ruleId,
    ruleSummary: upload.ruleSummary,
    ...(upload.logEntry === null ? {} : { logEntry: upload.logEntry }),
    checks: upload.checks,
  };
}
