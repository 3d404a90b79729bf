import type pg from "pg";

/**
 * Lends a connection of the pool for one piece of work. After a failure it is not used again, since it may be inside a
 * transaction, or gone.
 * @throws what `work` throws, which a connection that breaks makes fail at its next query.
 */
export async function withConnection<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // Between queries nobody else listens, and an error nobody listens to ends the process.
  const onError = () => {};
  client.on("error", onError);
  try {
    const result = await work(client);
    client.off("error", onError);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
