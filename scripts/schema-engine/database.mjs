import pg from "pg";

/** Connect to the maintenance database of the same server. */
export async function admin(url, fn) {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = "/postgres";
  target.searchParams.delete("schema");
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  try {
    return await fn(client, name);
  } finally {
    await client.end();
  }
}

/** @returns null, or why not, as the native engine says it. */
export async function canConnect(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    return null;
  } catch (e) {
    const u = new URL(url);
    if (e.code === "3D000")
      return { error_code: "P1003", message: `Database \`${u.pathname.slice(1)}\` does not exist` };
    if (e.code === "28P01" || e.code === "28000")
      return { error_code: "P1000", message: `Authentication failed against database server: ${e.message}` };
    return {
      error_code: "P1001",
      message: `Can't reach database server at \`${u.hostname}:${u.port || 5432}\`: ${e.message}`,
    };
  } finally {
    await client.end().catch(() => {});
  }
}

export const createDatabase = (url) =>
  admin(url, async (c, name) => {
    await c.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    return { databaseName: name };
  });
