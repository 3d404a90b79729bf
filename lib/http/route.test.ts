import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { mintSecret } from "#lib/access/tokens/secret.ts";
import { DomainError, PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { anyInput, replyCreated, replyFile, replyLines, route } from "#lib/http/index.ts";
import { createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler } from "#lib/testing/handler-call.ts";

const logError = vi.hoisted(() => vi.fn());
vi.mock("#lib/http/error-log.ts", () => ({ logError }));

let database: TestDatabase;
let bearer: string;
const run = vi.fn(async ({ input }: { input: unknown }) => ({ input }));

beforeAll(async () => {
  database = await createTestDatabase();
  const person = await createPerson({}, new Date());
  bearer = await openApiSession(person);
});
afterAll(() => database.drop());
beforeEach(() => {
  run.mockClear();
});

const open = route({ caller: "anyone", input: anyInput, run });
const closed = route({ caller: "authenticated", input: z.strictObject({ n: z.coerce.number() }), run });
const upload = route({ caller: "anyone", input: anyInput, parts: { manifest: 100, bundle: 50 }, run });

const file = (bytes: BlobPart, name = "x.json") => new File([bytes], name);

function form(parts: Record<string, File | string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(parts)) data.append(name, value as File);
  return data;
}

describe("200", () => {
  it("answers with the view, a request id of our own, and nothing a cache may keep", async () => {
    const headers = { "x-request-id": "chosen-by-caller" };
    const {
      status,
      headers: answered,
      body,
    } = await callHandler(open, { path: "/x?a=1&b=2", params: { b: "3" }, headers });
    expect(status).toBe(200);
    expect(body).toEqual({ input: { a: "1", b: "3" } });
    expect(answered.get("cache-control")).toBe("no-store");
    expect(answered.get("x-content-type-options")).toBe("nosniff");
    expect(answered.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("lets a path parameter win over a body that names the same thing", async () => {
    const { body } = await callHandler(open, { path: "/x?id=query", body: { id: "body" }, params: { id: "path" } });
    expect(body).toEqual({ input: { id: "path" } });
  });

  it("gives files as downloads that cannot run, and lines as they come", async () => {
    const download = route({
      caller: "anyone",
      input: anyInput,
      run: async () => Buffer.from("[1]"),
      reply: (bytes) => replyFile(bytes, "application/json", 'a"b\r\nc/../d.zip'),
    });
    const { headers } = await callHandler(download);
    expect(headers.get("content-disposition")).toBe('attachment; filename="a-b--c-..-d.zip"');
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    async function* numbers() {
      yield "1";
      yield "2\n";
    }
    const lines = route({
      caller: "anyone",
      input: anyInput,
      run: async () => numbers(),
      reply: (all) => replyLines(all, "text/plain", "x"),
    });
    expect(await (await lines(new Request("http://localhost:3000/x"))).text()).toBe("1\n2\n");
  });
});

it("201 is the reply's to give", async () => {
  const { status } = await callHandler(route({ caller: "anyone", input: anyInput, run, reply: replyCreated }));
  expect(status).toBe(201);
});

describe("400", () => {
  it.each(["{", "[1]", "null", '"x"', "\u0000"])("is a body that is no JSON object: %j", async (body) => {
    const { status, body: problem } = await callHandler(open, {
      body,
      headers: { "content-type": "application/json" },
    });
    expect(status).toBe(400);
    expect(problem.code).toBe("bad-request");
    expect(run).not.toHaveBeenCalled();
  });

  it("is a multipart body without its boundary", async () => {
    const headers = { "content-type": "multipart/form-data" };
    expect((await callHandler(upload, { body: "x", headers })).status).toBe(400);
  });
});

describe("401", () => {
  it.each([
    ["no credentials", {}],
    ["a cookie", { headers: { cookie: "countersign.session=x; next-auth.session-token=x" } }],
    ["Basic", { headers: { authorization: "Basic YTpi" } }],
    ["a malformed token", { bearer: "cst_nonsense" }],
    ["an unknown token", { bearer: mintSecret("cst").secret }],
    ["an unknown session", { bearer: mintSecret("css").secret }],
  ])("is %s, before the body is read", async (_what, options) => {
    const { status, headers, body } = await callHandler(closed, { body: "not read", ...options });
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toBe('Bearer realm="countersign"');
    expect(body.code).toBe("unauthenticated");
    expect(run).not.toHaveBeenCalled();
  });

  it("is a bad bearer even where none is needed", async () => {
    expect((await callHandler(open, { bearer: "cst_nonsense" })).status).toBe(401);
  });
});

describe("413", () => {
  it("is a body over 64 KiB, declared or not", async () => {
    const body = JSON.stringify({ a: "x".repeat(70_000) });
    const headers = { "content-type": "application/json" };
    expect((await callHandler(open, { body, headers })).status).toBe(413);
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(32_768)),
    });
    const request = new Request("http://localhost:3000/x", {
      method: "POST",
      headers,
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect((await open(request)).status).toBe(413);
    expect(run).not.toHaveBeenCalled();
  });

  it("is a part over its own limit", async () => {
    const body = form({ manifest: file("x"), bundle: file("x".repeat(51)) });
    expect((await callHandler(upload, { body })).status).toBe(413);
  });
});

describe("415", () => {
  it("is JSON where parts are wanted, and anything else than JSON elsewhere", async () => {
    expect((await callHandler(upload, { body: { manifest: "x" } })).status).toBe(415);
    expect((await callHandler(open, { body: "a=1", headers: { "content-type": "text/plain" } })).status).toBe(415);
    expect((await callHandler(open, { body: form({ a: "1" }) })).status).toBe(415);
  });
});

describe("422", () => {
  it("names every problem at its pointer", async () => {
    const { status, body } = await callHandler(closed, { bearer, body: { n: "x", "a/b": 1 } });
    expect(status).toBe(422);
    expect(body.errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer: "/n" }), expect.objectContaining({ pointer: "" })]),
    );
  });

  it.each([
    ["a missing part", { manifest: file("x") }],
    ["an unknown part", { manifest: file("x"), bundle: file("y"), extra: file("z") }],
    ["a part named as something every object has", { manifest: file("x"), bundle: file("y"), constructor: file("z") }],
    ["a part that is text", { manifest: "x", bundle: file("y") }],
  ])("is %s", async (_what, parts) => {
    expect((await callHandler(upload, { body: form(parts as Record<string, File>) })).status).toBe(422);
  });

  it("is a part sent twice", async () => {
    const body = form({ manifest: file("x"), bundle: file("y") });
    body.append("manifest", file("z"));
    expect((await callHandler(upload, { body })).status).toBe(422);
  });
});

it("keeps the bytes of parts exactly", async () => {
  const bytes = new Uint8Array([0, 255, 13, 10, 0xef, 0xbb, 0xbf, 0x80]);
  await callHandler(upload, { body: form({ manifest: file(bytes), bundle: file("\r\n--x\r\n") }) });
  const [call] = run.mock.calls[0] ?? [];
  expect(call?.input).toEqual({ manifest: Buffer.from(bytes), bundle: Buffer.from("\r\n--x\r\n") });
});

describe("500", () => {
  it("tells the log what happened and the caller nothing", async () => {
    const broken = route({
      caller: "anyone",
      input: anyInput,
      run: async () => {
        throw new Error("password=hunter2 at /srv/secret");
      },
    });
    const { status, body } = await callHandler(broken);
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|secret/);
    const { requestId } = body;
    expect(logError).toHaveBeenCalledWith(expect.any(Error), { requestId, path: "/api/v1/test" });
  });
});

it.each(Object.keys(PROBLEMS) as ProblemCode[])("%s keeps its status and links to its page", async (code) => {
  const refuse = route({
    caller: "anyone",
    input: anyInput,
    run: async () => {
      throw new DomainError(code, "Because.", { log: undefined });
    },
  });
  const { status, headers, body } = await callHandler(refuse);
  expect(status).toBe(PROBLEMS[code].status);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(body).toMatchObject({ code, status, detail: "Because.", type: `http://localhost:3000/problems/${code}` });
});
