import { z } from "zod";
import { DomainError } from "#lib/core/errors.ts";
import { type ListFilter, limits } from "#lib/resolver/http/query.ts";

/** The place after one entry of a list. */
export type Place = { name: string; version: string };

export type Cursor = {
  after: Place;
  filter: ListFilter;
  /** With `updatedSince` alone: the ledger's time at the first page. What changed later is left to the next walk. */
  until: number | null;
};

// Short keys, because the cursor is part of an address. `v` leaves room for cursors that carry more.
const wireCursor = z.strictObject({
  v: z.literal(1),
  after: z.tuple([z.string().max(300), z.string().max(300)]),
  q: z.string().min(1).max(512).optional(),
  version: z.string().min(1).max(255).optional(),
  since: z.int().optional(),
  until: z.int().optional(),
  deleted: z.literal(true).optional(),
});

/** URL-safe text (base64url) that carries the place and the filter: clients may send it back unencoded and alone. */
export function encodeCursor({ after, filter, until }: Cursor): string {
  const wire: z.input<typeof wireCursor> = {
    v: 1,
    after: [after.name, after.version],
    q: filter.search ?? undefined,
    version: filter.version ?? undefined,
    since: filter.updatedSince ?? undefined,
    until: until ?? undefined,
    deleted: filter.includeDeleted || undefined,
  };
  return Buffer.from(JSON.stringify(wire), "utf8").toString("base64url");
}

/**
 * Reads a cursor. It is not authenticated: it can say nothing that query parameters could not.
 * @throws DomainError `bad-request` for anything `encodeCursor` does not make.
 */
export function decodeCursor(text: string): Cursor {
  const wire = wireCursor.safeParse(text.length <= limits.cursorChars ? parseJson(text) : undefined);
  if (!wire.success || !isWhole(wire.data)) {
    throw new DomainError("bad-request", "The cursor is not one this registry gave out.");
  }
  const { after, q, version, since, until, deleted } = wire.data;
  const filter = { search: q ?? null, version: version ?? null, updatedSince: since ?? null };
  return {
    after: { name: after[0], version: after[1] },
    filter: { ...filter, includeDeleted: deleted === true },
    until: until ?? null,
  };
}

/** A walk by time has an end and shows what is deleted. */
function isWhole({ since, until, deleted }: z.output<typeof wireCursor>): boolean {
  return since === undefined ? until === undefined : until !== undefined && deleted === true;
}

function parseJson(text: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
