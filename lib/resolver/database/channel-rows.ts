import type pg from "pg";
import type { AccessRecord, ChannelsRecord, PlacedRecord, PlacementRecord } from "#lib/resolver/source.ts";

type Queryable = Pick<pg.ClientBase, "query">;

// What is larger than any real selection stays in the database.
const selectChannels = `
  SELECT id, slug, audience::text AS audience, "serveV0", "disabledAt" IS NOT NULL AS disabled, edition,
         CASE WHEN octet_length(selection::text) <= 524288 THEN selection END AS selection
  FROM "Channel"`;

const selectSecrets = `
  SELECT id, "channelId", "secretHash" AS sha256, "expiresAt" FROM "ChannelSecret" WHERE "revokedAt" IS NULL`;

// Those that may read no channel as well: who holds one is told so, and not that it is unknown.
const selectTokens = `
  SELECT t.id, t."tokenHash" AS sha256, t."expiresAt",
         CASE WHEN 'resolve' = ANY (t.scopes) THEN t.channels ELSE '{}' END AS channels
  FROM "Token" t LEFT JOIN "Person" p ON p.id = t."ownerId"
  WHERE t."revokedAt" IS NULL AND (t."ownerId" IS NULL OR p.state = 'active')`;

const selectTags = `
  SELECT s.name, array_agg(t.tag ORDER BY t.tag) AS tags FROM "ServerTag" t JOIN "Server" s ON s.id = t."serverId"`;

const selectMoves = `
  SELECT s.name, m."channelId", m.at FROM "ChannelMove" m JOIN "Server" s ON s.id = m."serverId"`;

const fetchedRows = 2000;

type TagRow = { name: string; tags: string[] };
type PlacedRow = {
  tags: string[];
  moves: [channelId: string, milliseconds: number][] | null;
  channels: PlacedRecord["channels"] | null;
};
type MoveRow = { name: string; channelId: string; at: Date };

export async function readAccess(client: Queryable): Promise<AccessRecord> {
  const channels = await client.query<AccessRecord["channels"][number]>(selectChannels);
  const secrets = await client.query<AccessRecord["secrets"][number]>(selectSecrets);
  const tokens = await client.query<AccessRecord["tokens"][number]>(selectTokens);
  return { channels: channels.rows, secrets: secrets.rows, tokens: tokens.rows };
}

/** Must run inside one transaction of one snapshot, so that selections and moves belong together. */
export async function readChannels(client: Queryable): Promise<ChannelsRecord> {
  const access = await readAccess(client);
  const placements = new Map<string, PlacementRecord>();
  const placementOf = (name: string) => {
    const placement = placements.get(name) ?? { name, tags: [], moves: [] };
    placements.set(name, placement);
    return placement;
  };
  await readPortions<TagRow>(client, `${selectTags} GROUP BY s.name`, ({ name, tags }) => {
    placementOf(name).tags = tags;
  });
  await readPortions<MoveRow>(client, selectMoves, ({ name, channelId, at }) => {
    placementOf(name).moves.push({ channelId, at });
  });
  return { access, placements: [...placements.values()] };
}

/** An edit may move every server there is, and requests are answered while that is read. */
async function readPortions<Row extends object>(
  client: Queryable,
  sql: string,
  take: (row: Row) => void,
): Promise<void> {
  await client.query(`DECLARE portions NO SCROLL CURSOR FOR ${sql}`);
  for (let done = false; !done; ) {
    const { rows } = await client.query<Row>(`FETCH ${fetchedRows} FROM portions`);
    done = rows.length < fetchedRows;
    for (const row of rows) take(row);
  }
  await client.query("CLOSE portions");
}

/** One statement, so that everything in it belongs together. */
export async function readPlacement(client: Queryable, name: string): Promise<PlacedRecord> {
  const sql = `
    SELECT (SELECT json_agg(json_build_object('id', id, 'edition', edition)) FROM "Channel") AS channels, ARRAY(SELECT tag FROM "ServerTag" WHERE "serverId" = s.id ORDER BY tag) AS tags,
           (SELECT json_agg(json_build_array(m."channelId", floor(extract(epoch FROM m.at) * 1000)))
            FROM "ChannelMove" m WHERE m."serverId" = s.id) AS moves
    FROM (SELECT $1::text AS name) asked LEFT JOIN "Server" s ON s.name = asked.name`;
  const { rows } = await client.query<PlacedRow>(sql, [name]);
  const { tags = [], moves = null, channels = null } = rows[0] ?? {};
  return {
    name,
    tags,
    moves: (moves ?? []).map(([channelId, at]) => ({ channelId, at: new Date(at) })),
    channels: channels ?? [],
  };
}
