import { afterAll, beforeAll, expect, it } from "vitest";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import { db } from "#lib/db/client.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler } from "#lib/testing/handler-call.ts";
import { GET as whoami } from "../whoami/route.ts";
import { POST } from "./route.ts";

let database: TestDatabase;
let email = "";
const password = "four calm grey herons";

beforeAll(async () => {
  database = await createTestDatabase();
  const person = await createPerson({}, new Date());
  email = person.email;
  await db().person.update({ where: { id: person.personId }, data: { passwordHash: await hashPassword(password) } });
});
afterAll(() => database.drop());

it("201: a bearer token for 15 minutes, of which only the hash is kept", async () => {
  const { status, body, headers } = await callHandler(POST, { body: { email, password } });
  expect(status).toBe(201);
  expect(headers.get("set-cookie")).toBeNull();
  expect(Date.parse(String(body.expiresAt)) - Date.now()).toBeGreaterThan(14 * 60_000);
  const sessions = await db().session.findMany({ where: { kind: "api" } });
  expect(JSON.stringify(sessions)).not.toContain(body.token);
  const me = await callHandler(whoami, { bearer: String(body.token) });
  expect(me.body).toMatchObject({ kind: "person", email });
});

it("401: a wrong password; 422: a malformed request; neither opens a session", async () => {
  const before = await db().session.count();
  const wrong = await callHandler(POST, { body: { email, password: "wrong wrong wrong" } });
  expect(wrong).toMatchObject({ status: 401, body: { code: "sign-in-failed" } });
  expect((await callHandler(POST, { body: { email } })).status).toBe(422);
  expect((await callHandler(POST, { body: { email, password, userAgent: "chosen" } })).status).toBe(422);
  expect(await db().session.count()).toBe(before);
});

it("429: after ten wrong passwords from one address", async () => {
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const attempt = () => callHandler(POST, { body: { email, password: "wrong wrong wrong" }, headers });
  const answers = await Promise.all(Array.from({ length: 11 }, attempt));
  const refused = answers.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(60);
});
