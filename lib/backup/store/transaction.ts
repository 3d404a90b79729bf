import pg from "pg";

const begin = {
  /** Everything read is as of one moment, and writers go on. */
  snapshot: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  restore: "BEGIN",
} as const;

/** So that the same row is the same text on every server, and no role's time limits end a long transaction. */
const settings = [
  "search_path = public",
  "client_encoding = 'UTF8'",
  "timezone = 'UTC'",
  "datestyle = 'ISO, MDY'",
  "bytea_output = 'hex'",
  "extra_float_digits = 1",
  "statement_timeout = 0",
  "idle_in_transaction_session_timeout = 0",
];

/** Runs `work` in one transaction on a connection of its own: committed when it returns, rolled back when it throws. */
export async function withTransaction<T>(
  url: string,
  kind: keyof typeof begin,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "countersign backup" });
  // A connection that breaks while idle is noticed by the next query.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(begin[kind]);
    for (const setting of settings) await client.query(`SET LOCAL ${setting}`);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
