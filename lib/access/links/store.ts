import { randomUUID } from "node:crypto";
import type { LinkKind } from "#lib/access/links/link-token.ts";
import type { GrantView } from "#lib/access/view.ts";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

export type NewLink = {
  kind: LinkKind;
  tokenHash: string;
  personId?: string;
  email?: string;
  name?: string;
  grants?: GrantView[];
  createdById: string | null;
  createdAt: Date;
  expiresAt: Date;
};

export type LinkRow = {
  id: string;
  kind: LinkKind;
  personId: string | null;
  email: string | null;
  name: string | null;
  grants: GrantView[];
  createdById: string | null;
  createdAt: Date;
  expiresAt: Date;
};

const shape = {
  id: true,
  kind: true,
  personId: true,
  email: true,
  name: true,
  grants: true,
  createdById: true,
  createdAt: true,
  expiresAt: true,
} as const;

const open = (now: Date) => ({ consumedAt: null, revokedAt: null, expiresAt: { gt: now } });

export async function insertLink(tx: Tx, link: NewLink): Promise<string> {
  const id = randomUUID();
  await tx.oneTimeLink.create({ data: { id, ...link, grants: link.grants ?? [] } });
  return id;
}

export async function findOpenLink(kind: LinkKind, tokenHash: string, now: Date): Promise<LinkRow | null> {
  const row = await db().oneTimeLink.findFirst({ where: { kind, tokenHash, ...open(now) }, select: shape });
  return row && toLinkRow(row);
}

/** One statement, so that of two who use a link at once one wins. @returns whether this call did. */
export async function consumeLink(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.oneTimeLink.updateMany({ where: { id, ...open(now) }, data: { consumedAt: now } });
  return count === 1;
}

export async function listOpenLinks(kind: LinkKind, now: Date): Promise<LinkRow[]> {
  const where = { kind, ...open(now) };
  const rows = await db().oneTimeLink.findMany({ where, select: shape, orderBy: { createdAt: "desc" }, take: 500 });
  return rows.map(toLinkRow);
}

export type LinkFilter = { id?: string; kind?: LinkKind; personId?: string; createdById?: string; emailKey?: string };

/** Ends open links. @returns those ended. */
export async function revokeLinks(tx: Tx, filter: LinkFilter, now: Date): Promise<LinkRow[]> {
  const { emailKey, ...exact } = filter;
  const email = emailKey === undefined ? undefined : { equals: emailKey, mode: "insensitive" as const };
  const rows = await tx.oneTimeLink.findMany({ where: { ...exact, email, ...open(now) }, select: shape });
  const ids = rows.map((row) => row.id);
  await tx.oneTimeLink.updateMany({ where: { id: { in: ids }, ...open(now) }, data: { revokedAt: now } });
  return rows.map(toLinkRow);
}

function toLinkRow(row: Omit<LinkRow, "grants"> & { grants: unknown }): LinkRow {
  return { ...row, grants: row.grants as GrantView[] };
}
