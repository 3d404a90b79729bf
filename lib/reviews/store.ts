import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { ReviewScope } from "#lib/reviews/scope.ts";
import type { ReviewQueueFilter } from "#lib/reviews/view.ts";

const dayMs = 86_400_000;

const queueColumns = {
  id: true,
  version: true,
  title: true,
  state: true,
  round: true,
  requiredApprovals: true,
  expiresAt: true,
  receivedAt: true,
  statusChangedAt: true,
  uploaderLabel: true,
  pins: true,
  server: {
    select: { name: true, _count: { select: { versions: { where: { publishedAt: { not: null } } } } } },
  },
  bundles: { select: { identity: true }, orderBy: { receivedAt: "asc" }, take: 1 },
  votes: { select: { personId: true, round: true, reviewDigest: true, createdAt: true } },
} as const satisfies Prisma.VersionSelect;

export type QueueRow = Prisma.VersionGetPayload<{ select: typeof queueColumns }>;

function inScope(scope: ReviewScope): Prisma.VersionWhereInput {
  return scope === null ? {} : { server: { namespace: { nameKey: { in: scope } } } };
}

function toWhere(scope: ReviewScope, filter: ReviewQueueFilter, now: Date): Prisma.VersionWhereInput {
  const { namespace, publisher, olderThanDays } = filter;
  return {
    AND: [
      inScope(scope),
      inState(filter.state, now),
      namespace === null ? {} : { server: { namespace: { nameKey: namespace.toLowerCase() } } },
      publisher === null ? {} : { uploaderLabel: publisher },
      olderThanDays === null ? {} : { receivedAt: { lte: new Date(now.getTime() - olderThanDays * dayMs) } },
    ],
  };
}

function inState(state: ReviewQueueFilter["state"], now: Date): Prisma.VersionWhereInput {
  if (state === "all") return {};
  if (state === "approved") return { state, expiresAt: { gt: now } };
  if (state === "expired") return { state: "approved", OR: [{ expiresAt: null }, { expiresAt: { lte: now } }] };
  return { state };
}

/** What waits longest first; of the rest, what changed last first. */
export async function listQueue(scope: ReviewScope, filter: ReviewQueueFilter, now: Date, pageSize: number) {
  const where = toWhere(scope, filter, now);
  const order = filter.state === "pending" ? { receivedAt: "asc" as const } : { statusChangedAt: "desc" as const };
  const [total, rows] = await Promise.all([
    db().version.count({ where }),
    db().version.findMany({
      where,
      select: queueColumns,
      orderBy: [order, { id: "asc" }],
      skip: (filter.page - 1) * pageSize,
      take: pageSize,
    }),
  ]);
  return { total, rows };
}

export type QueueCounters = { pending: number; expiringSoon: number; approved: number; refused24h: number };

export async function countQueue(scope: ReviewScope, now: Date): Promise<QueueCounters> {
  const count = (where: Prisma.VersionWhereInput) => db().version.count({ where: { AND: [inScope(scope), where] } });
  const soon = new Date(now.getTime() + 14 * dayMs);
  const dayAgo = new Date(now.getTime() - dayMs);
  const namespace = scope === null ? {} : { namespace: { in: scope, mode: "insensitive" as const } };
  const [pending, expiringSoon, approved, refused24h] = await Promise.all([
    count({ state: "pending" }),
    count({ state: "approved", expiresAt: { gt: now, lte: soon } }),
    count({ state: "approved", expiresAt: { gt: now } }),
    db().refusalEntry.count({ where: { kind: "publish", at: { gte: dayAgo }, ...namespace } }),
  ]);
  return { pending, expiringSoon, approved, refused24h };
}

/** Pending versions of these namespaces that the person neither uploaded nor already approved as they are. */
export async function countWaitingFor(personId: string, reviewed: ReviewScope): Promise<number> {
  const namespaces = reviewed === null ? Prisma.empty : Prisma.sql`AND n."nameKey" = ANY(${reviewed})`;
  const rows = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "Version" v
    JOIN "Server" s ON s.id = v."serverId" JOIN "Namespace" n ON n.id = s."namespaceId"
    WHERE v.state = 'pending'
      AND v."uploaderPersonId" IS DISTINCT FROM ${personId}::uuid
      AND v."tokenCreatorId" IS DISTINCT FROM ${personId}::uuid
      AND NOT EXISTS (
        SELECT 1 FROM "Vote" o WHERE o."versionId" = v.id AND o."personId" = ${personId}::uuid
          AND o.round = v.round + 1 AND o."createdAt" > v."statusChangedAt")
      ${namespaces}`;
  return Number(rows[0]?.count ?? 0);
}

/** Choices for the filters. */
export async function listFacets(scope: ReviewScope): Promise<{ namespaces: string[]; publishers: string[] }> {
  const namespaceWhere = scope === null ? {} : { nameKey: { in: scope } };
  const [namespaces, publishers] = await Promise.all([
    db().namespace.findMany({ where: namespaceWhere, select: { name: true }, orderBy: { name: "asc" }, take: 500 }),
    db().version.findMany({
      where: inScope(scope),
      distinct: ["uploaderLabel"],
      select: { uploaderLabel: true },
      orderBy: { uploaderLabel: "asc" },
      take: 200,
    }),
  ]);
  return { namespaces: namespaces.map(({ name }) => name), publishers: publishers.map((row) => row.uploaderLabel) };
}

/** The id back when the version is in scope, else null. */
export async function findIdInScope(scope: ReviewScope, versionId: string): Promise<string | null> {
  const where = { AND: [{ id: versionId }, inScope(scope)] };
  return (await db().version.findFirst({ where, select: { id: true } }))?.id ?? null;
}

export type VoteRow = { personId: string; reviewDigest: string; createdAt: Date; expiresAt: Date };

/** Approvals of the coming round given since the version last changed its state. */
export async function listVotes(
  tx: Tx | null,
  version: { id: string; round: number; statusChangedAt: Date },
): Promise<VoteRow[]> {
  return (tx ?? db()).vote.findMany({
    where: { versionId: version.id, round: version.round + 1, createdAt: { gt: version.statusChangedAt } },
    select: { personId: true, reviewDigest: true, createdAt: true, expiresAt: true },
    orderBy: { createdAt: "asc" },
  });
}

export type VoterRow = { id: string; name: string; email: string; active: boolean; reviews: string[] };

/** People by id, with the namespaces they may review as of now (`*` for all). */
export async function listVoters(tx: Tx | null, ids: readonly string[]): Promise<VoterRow[]> {
  const rows = await (tx ?? db()).person.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      name: true,
      email: true,
      state: true,
      grants: { where: { role: "reviewer" }, select: { namespace: true } },
    },
  });
  return rows.map(({ state, grants, ...person }) => ({
    ...person,
    active: state === "active",
    reviews: grants.map((grant) => grant.namespace),
  }));
}

/** Who approved one record in one round, in order. */
export async function listApprovers(of: {
  versionId: string;
  round: number;
  digest: string;
}): Promise<{ name: string; at: Date }[]> {
  const votes = await db().vote.findMany({
    where: { versionId: of.versionId, round: of.round, reviewDigest: of.digest },
    select: { personId: true, createdAt: true },
    orderBy: { createdAt: "asc" },
  });
  const people = await listVoters(
    null,
    votes.map((vote) => vote.personId),
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return votes.map(({ personId, createdAt }) => ({ name: names.get(personId) ?? "somebody", at: createdAt }));
}
