import pg from "pg";
import { inPiecesOf } from "#lib/resolver/database/byte-pieces.ts";
import { readAccess, readChannels, readPlacement } from "#lib/resolver/database/channel-rows.ts";
import { withConnection } from "#lib/resolver/database/connection.ts";
import { listenToLedger } from "#lib/resolver/database/listener.ts";
import { writeResolutions } from "#lib/resolver/database/resolution-rows.ts";
import {
  type PositionRow,
  ServerGrouping,
  toLedgerEvent,
  toPosition,
  toVersionRecord,
  type VersionRow,
} from "#lib/resolver/database/store-rows.ts";
import type {
  CatalogueSource,
  LedgerEvent,
  LedgerPosition,
  Log,
  ServerReading,
  ServerRecord,
  Snapshot,
} from "#lib/resolver/source.ts";

export type DatabaseSource = CatalogueSource & { close(): Promise<void> };

// Everything that is or was countersigned, or claims to be. Oversized bytes stay in the database; a version with more
// countersignatures than any real one loses some here and then fails verification.
const selectVersions = `
  SELECT s.name, v.version, v.state::text AS state, v.deprecated, v.round, v."expiredRound" AS expired_round,
         v."manifestDigest" AS manifest_digest,
         CASE WHEN octet_length(v.manifest) <= 131072 THEN v.manifest END AS manifest,
         v."statusChangedAt" AS status_changed_at, v."updatedAt" AS updated_at,
         left(v."statusMessage", 1000) AS status_message,
         a.rounds, a.states, a.digests, a.lengths, a.bundles
  FROM "Server" s
  JOIN "Version" v ON v."serverId" = s.id
  LEFT JOIN LATERAL (
    SELECT array_agg(round) AS rounds, array_agg(state::text) AS states, array_agg(sha256) AS digests,
           array_agg(CASE WHEN octet_length(bundle) <= 1048576 THEN octet_length(bundle) END) AS lengths,
           string_agg(CASE WHEN octet_length(bundle) <= 1048576 THEN bundle END, '') AS bundles
    FROM (SELECT * FROM "Approval" WHERE "versionId" = v.id ORDER BY round DESC LIMIT 200) newest
  ) a ON true
  WHERE (v.state IN ('approved', 'quarantined', 'revoked') OR a.rounds IS NOT NULL)`;

const selectPosition = `
  SELECT e.seq, e.sha256, e.at FROM "LedgerHead" h JOIN "LedgerEntry" e ON e.seq <= h.seq
  ORDER BY e.seq DESC LIMIT 1`;

const selectBlob = {
  bundle: `SELECT bytes FROM "Bundle" WHERE sha256 = $1 LIMIT 1`,
  approval: `SELECT bundle AS bytes FROM "Approval" WHERE sha256 = $1 LIMIT 1`,
  "trusted-root": `SELECT "trustRootBytes" AS bytes FROM "Bundle" WHERE "trustRootSha256" = $1 LIMIT 1`,
};

/** Few, so that what the driver makes of them is gone before the next: what outlives them stays until all is loaded. */
const fetchedRows = 64;
/** What so many usual rows need. */
const fetchedPieceBytes = 256 * 1024;

const followingConnections = 3;
const readersConnections = 2;

/**
 * Reads the catalogue's material from Postgres with the rights of the application role.
 * @param connectionString DATABASE_URL.
 */
export function createDatabaseSource(connectionString: string, log: Log): DatabaseSource {
  const pool = openPool(connectionString, followingConnections, log);
  // Whoever asks for many bytes waits for their own: what was revoked meanwhile must not wait with them.
  const forReaders = openPool(connectionString, readersConnections, log);
  return {
    loadSnapshot: (consume) => loadSnapshot(pool, consume),
    loadServer: (name) => inSnapshot(pool, (client, position) => readServer(client, name, position)),
    loadChannels: () => inSnapshot(pool, async (client, position) => ({ ...(await readChannels(client)), position })),
    loadAccess: () => inSnapshot(pool, async (client, position) => ({ access: await readAccess(client), position })),
    addResolutions: (batch) => writeResolutions(pool, batch),
    async readLedger(fromSeq, limit): Promise<LedgerEvent[]> {
      const sql = `SELECT seq, sha256, at, action, "serverName" AS server_name FROM "LedgerEntry"
                   WHERE seq >= $1 AND seq <= (SELECT seq FROM "LedgerHead") ORDER BY seq LIMIT $2`;
      const { rows } = await pool.query(sql, [String(fromSeq), limit]);
      return rows.map(toLedgerEvent);
    },
    async readBlob(kind, sha256) {
      const { rows } = await forReaders.query<{ bytes: Buffer }>(selectBlob[kind], [sha256]);
      return rows[0]?.bytes ?? null;
    },
    listen: (wake) => listenToLedger(connectionString, wake, log),
    close: async () => void (await Promise.all([pool.end(), forReaders.end()])),
  };
}

function openPool(connectionString: string, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    keepAlive: true,
    application_name: "countersign resolver",
  });
  // An idle connection that breaks is replaced at its next use.
  pool.on("error", (error) => log.warn({ event: "connection-lost", err: error }, "A database connection was lost"));
  // One that breaks before whoever waited for it has it: its first query fails, and an error nobody listens to ends us.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Rows arrive in portions; rows, channels and ledger position belong together. */
function loadSnapshot(pool: pg.Pool, consume: (server: ServerRecord) => void | Promise<void>): Promise<Snapshot> {
  return inSnapshot(pool, async (client, position) => {
    const channels = await readChannels(client);
    await client.query(`DECLARE versions NO SCROLL CURSOR FOR ${selectVersions} ORDER BY s.name COLLATE "C"`);
    const grouping = new ServerGrouping();
    for (let done = false; !done; ) {
      const types = inPiecesOf(fetchedPieceBytes);
      const { rows } = await client.query<VersionRow>({ text: `FETCH ${fetchedRows} FROM versions`, types });
      done = rows.length === 0;
      for (const server of done ? grouping.finish() : grouping.add(rows)) await consume(server);
    }
    return { ...channels, position };
  });
}

async function readServer(client: pg.PoolClient, name: string, position: LedgerPosition): Promise<ServerReading> {
  const { rows } = await client.query<VersionRow>(`${selectVersions} AND s.name = $1`, [name]);
  const server = rows.length === 0 ? null : { name, versions: rows.map(toVersionRecord) };
  return { server, placement: await readPlacement(client, name), position };
}

/** One repeatable-read transaction: everything read in it is as of one moment, and that is how far the ledger reached. */
function inSnapshot<Result>(
  pool: pg.Pool,
  read: (client: pg.PoolClient, position: LedgerPosition) => Promise<Result>,
): Promise<Result> {
  return withConnection(pool, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows } = await client.query<PositionRow>(selectPosition);
    const result = await read(client, rows[0] ? toPosition(rows[0]) : { seq: 0n, sha256: "", at: 0 });
    await client.query("COMMIT");
    return result;
  });
}
