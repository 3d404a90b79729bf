import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { localHeader } from "#lib/http/forwarded.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler, type HandlerCall } from "#lib/testing/handler-call.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";
import * as confirm from "../account/totp/confirm/route.ts";
import * as totp from "../account/totp/route.ts";
import * as sessions from "./route.ts";

// Nobody counts the requests of this machine; attempts at passwords and codes are counted for everybody.

const password = "four calm grey herons";
const headers = { "x-forwarded-for": "127.0.0.1", [localHeader]: "1" };
let database: TestDatabase;
let removeSecret: () => void;
let person: PersonActor;

beforeAll(async () => {
  removeSecret = provideInstanceSecret();
  database = await createTestDatabase();
  person = await createPerson({}, new Date());
  await db().person.update({
    where: { id: person.personId },
    data: { passwordHash: await hashPassword(password) },
  });
});
afterAll(async () => {
  await database.drop();
  removeSecret();
});

const local = (call: HandlerCall) => ({ ...call, headers });
const signIn = (given: string, email = person.email) =>
  callHandler(sessions.POST, local({ body: { email, password: given } }));
const sessionsOpened = () => db().session.count({ where: { kind: "api" } });

it("a password is tried ten times, and then the right one does not help either", async () => {
  const refused = rateLimitedRequests("sign-in").value;
  for (let i = 0; i < 10; i++) expect((await signIn("wrong")).status).toBe(401);
  for (const given of ["wrong", password]) {
    const answer = await signIn(given);
    expect([answer.status, answer.body.code]).toEqual([429, "rate-limited"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(60);
    expect(answer.headers.has("ratelimit")).toBe(false);
  }
  expect(await sessionsOpened()).toBe(0);
  expect(rateLimitedRequests("sign-in").value).toBe(refused + 2);
});

it("and not more than a hundred times whoever is guessed at", { timeout: 60_000 }, async () => {
  await db().throttle.updateMany({ where: { key: { startsWith: "attempt:address:" } }, data: { count: 99 } });
  expect((await signIn("wrong", `${randomUUID()}@example.com`)).status).toBe(401);
  expect((await signIn("wrong", `${randomUUID()}@example.com`)).status).toBe(429);
});

it("a code is tried twenty times", async () => {
  const bearer = await openApiSession(person);
  expect((await callHandler(totp.POST, local({ bearer, body: {} }))).status).toBe(201);
  const guess = () => callHandler(confirm.POST, local({ bearer, body: { totp: "000000" } }));
  for (let i = 0; i < 20; i++) expect((await guess()).status).toBe(422);
  const answer = await guess();
  expect([answer.status, answer.body.code]).toEqual([429, "rate-limited"]);
});
