import { expect, it } from "vitest";
import { openPool } from "#lib/db/pool.ts";
import { listenAndEnd } from "#lib/testing/ending-server.ts";

it("a connection that is ended as soon as it is opened fails what asks it, and nothing else", async () => {
  const server = await listenAndEnd();
  const pool = openPool(server.url);
  const client = await pool.connect();
  await expect(client.query("SELECT 1")).rejects.toThrow(/connection/);
  client.release(true);
  await pool.end();
  server.close();
});
