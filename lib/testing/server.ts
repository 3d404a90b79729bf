import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import pg from "pg";
import { roles } from "#lib/db/embedded/cluster.ts";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { grantApplicationRole } from "#lib/db/grants.ts";
import { migrate } from "#lib/db/migrate.ts";

/** Connection strings of one test database: as the application sees it, as the owner, and as superuser. */
export type TestUrls = { name: string; appUrl: string; ownerUrl: string; superuserUrl: string };

type Cluster = Omit<TestUrls, "name"> & { stop: () => Promise<void> };

const settings = [
  ...["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300"],
  // What it costs to prove a password is spent at each of thousands of connections.
  "scram_iterations=1",
  // A copy of a database is a copy of its files, made by the kernel: a tenth of the work of writing each page anew.
  "file_copy_method=clone",
];

/** Answers POST with a fresh migrated database and DELETE /<name> by dropping it, over a unix socket in `dir`. */
export async function startTestServer(dir: string): Promise<{ socket: string; stop: () => Promise<void> }> {
  chmodSync(dir, 0o711);
  let cluster: Promise<Cluster> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const handle = async (method: string, name: string): Promise<TestUrls | null> => {
    cluster ??= startCluster(dir);
    if (method === "POST") return cloneDatabase(await cluster);
    await run((await cluster).superuserUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    return null;
  };
  const server = createServer((request, response) => {
    // One at a time: a template cannot be copied twice at once.
    turn = turn
      .then(() => handle(request.method ?? "", (request.url ?? "/").slice(1)))
      .then((urls) => response.end(JSON.stringify(urls)))
      .catch((error: Error) => response.writeHead(500).end(error.message));
  });
  const socket = path.join(dir, "control");
  server.listen(socket);
  await once(server, "listening");
  const stop = async () => {
    server.close();
    await (await cluster)?.stop();
  };
  return { socket, stop };
}

/** The supplied server (a superuser's TEST_DATABASE_URL) or an embedded one, with a migrated template database. */
async function startCluster(dir: string): Promise<Cluster> {
  const supplied = process.env.TEST_DATABASE_URL;
  const cluster = supplied ? supplyCluster(supplied) : await startEmbedded({ dir, settings });
  await migrate(cluster.ownerUrl);
  if (cluster.appUrl !== cluster.ownerUrl) await grantApplicationRole(cluster.ownerUrl, roles.app);
  return cluster;
}

function supplyCluster(url: string): Cluster {
  return { appUrl: url, ownerUrl: url, superuserUrl: url, stop: async () => {} };
}

async function cloneDatabase(cluster: Cluster): Promise<TestUrls> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = pg.escapeIdentifier(new URL(cluster.ownerUrl).pathname.slice(1));
  const owner = pg.escapeIdentifier(new URL(cluster.ownerUrl).username);
  await run(cluster.superuserUrl, `CREATE DATABASE ${name} OWNER ${owner} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return { name, appUrl: at(cluster.appUrl), ownerUrl: at(cluster.ownerUrl), superuserUrl: at(cluster.superuserUrl) };
}

/** On the maintenance database, so that neither the template nor the dropped one is in use. */
async function run(superuserUrl: string, sql: string): Promise<void> {
  const client = new pg.Client(Object.assign(new URL(superuserUrl), { pathname: "/postgres" }).href);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
