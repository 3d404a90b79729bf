import { request } from "node:http";
import { text } from "node:stream/consumers";
import { closeDb } from "#lib/db/client.ts";
import type { TestUrls } from "#lib/testing/server.ts";

export type TestDatabase = TestUrls & {
  /** Closes this process's connections and removes the database. Call it in `afterAll`. */
  drop: () => Promise<void>;
};

/**
 * Makes a migrated, empty database of its own for the calling test file and points `db()` at it, with the rights of the
 * application role. Use `ownerUrl` with a plain `pg` client to play somebody who writes past the product.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const urls = JSON.parse(await ask("POST", "/")) as TestUrls;
  await closeDb();
  process.env.DATABASE_URL = urls.appUrl;
  const drop = async () => {
    await closeDb();
    await ask("DELETE", `/${urls.name}`);
  };
  return { ...urls, drop };
}

async function ask(method: string, path: string): Promise<string> {
  const socketPath = process.env.TEST_DATABASE_SOCKET;
  if (!socketPath) throw new Error("Test databases exist only inside a vitest run.");
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    request({ socketPath, method, path }, resolve).on("error", reject).end();
  });
  const body = await text(response);
  if (response.statusCode !== 200) throw new Error(`No test database: ${body}`);
  return body;
}
