import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Actor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { type ActionState, action } from "#lib/http/action.ts";
import { checkboxField, jsonField, optionalField } from "#lib/http/form.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";

const request = vi.hoisted(() => ({ headers: new Headers(), actor: { kind: "anonymous" } as Actor }));
vi.mock("#lib/session/index.ts", () => ({
  requestHeaders: async () => request.headers,
  currentActor: async () => request.actor,
}));

const person: Actor = {
  kind: "person",
  personId: "p",
  sessionId: "s",
  name: "Ann",
  email: "ann@example.com",
  authenticatedAt: new Date(),
  grants: [],
  owns: [],
};
const idle: ActionState = { status: "idle" };
const run = vi.fn(async ({ input }: { input: unknown }) => input);
const input = z.strictObject({
  name: z.string().min(1),
  note: optionalField(z.string()),
  tags: z.array(z.string()).default([]),
  grants: jsonField(z.array(z.object({ role: z.string() }))).default([]),
  robot: checkboxField,
});
const save = action({ caller: "person", input, run });

beforeEach(() => {
  run.mockClear();
  request.actor = person;
  request.headers = new Headers({ origin: "http://localhost:3000" });
});

const refusal = (state: ActionState) => (state.status === "refused" ? state.problem.code : state.status);

describe("an action", () => {
  it("takes a form: arrays, JSON fields, checkboxes, empty optional fields", async () => {
    const form = new FormData();
    form.append("name", "x");
    form.append("note", "");
    form.append("tags[]", "a");
    form.append("tags[]", "b");
    form.append("grants", '[{"role":"admin"}]');
    form.append("robot", "on");
    form.append("$ACTION_ID_1", "");
    const state = await save(idle, form);
    const value = { name: "x", note: undefined, tags: ["a", "b"], grants: [{ role: "admin" }], robot: true };
    expect(state).toEqual({ status: "done", value });
  });

  it("takes a value directly", async () => {
    const value = { name: "x", grants: [{ role: "admin" }] };
    expect(await save(idle, value)).toMatchObject({ status: "done", value: { ...value, robot: false } });
  });

  it.each(["https://evil.example", "http://localhost:3001", "http://localhost:3000.evil.example", "null", null])(
    "refuses the origin %j before anything else",
    async (origin) => {
      request.headers = new Headers(origin === null ? {} : { origin });
      request.headers.set("x-forwarded-host", "evil.example");
      request.headers.set("host", "evil.example");
      expect(refusal(await save(idle, { name: "x" }))).toBe("origin-mismatch");
      expect(run).not.toHaveBeenCalled();
    },
  );

  it("asks for a session, unless anyone may call", async () => {
    request.actor = { kind: "anonymous" };
    expect(refusal(await save(idle, { name: "" }))).toBe("unauthenticated");
    expect(refusal(await action({ caller: "anyone", input, run })(idle, { name: "x" }))).toBe("done");
  });

  it("answers problems, never with what was typed", async () => {
    const state = await save(idle, { name: "", password: "hunter2" });
    expect(refusal(state)).toBe("invalid-input");
    expect(JSON.stringify(state)).not.toContain("hunter2");
    const refuse = action({
      caller: "person",
      input,
      run: async () => {
        throw new DomainError("review-changed", "It changed.", { extensions: { now: "x" } });
      },
    });
    expect(await refuse(idle, { name: "x" })).toMatchObject({
      problem: { code: "review-changed", now: "x", status: 409 },
    });
  });

  it("lets the framework's redirects pass", async () => {
    const redirect = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/x;307;" });
    const go = action({
      caller: "person",
      input,
      run: async () => {
        throw redirect;
      },
    });
    await expect(go(idle, { name: "x" })).rejects.toBe(redirect);
  });

  it("bounds forms", async () => {
    const form = new FormData();
    for (let index = 0; index < 201; index++) form.append(`f${index}`, "x");
    expect(refusal(await save(idle, form))).toBe("payload-too-large");
    const large = new FormData();
    large.append("name", new File(["x".repeat(300_000)], "x"));
    expect(refusal(await save(idle, large))).toBe("payload-too-large");
  });

  it.each(["__proto__", "__proto__[]", "constructor[]", "toString"])(
    "refuses the field %s as any other it does not know",
    async (name) => {
      const form = new FormData();
      form.append("name", "x");
      form.append(name, "y");
      expect(refusal(await save(idle, form))).toBe("invalid-input");
    },
  );

  it("is limited per address", async () => {
    request.headers.set("x-forwarded-for", "192.0.2.99");
    const states = await Promise.all(Array.from({ length: 130 }, () => save(idle, { name: "x" })));
    const refused = states.map(refusal).filter((code) => code === "rate-limited");
    expect(refused.length).toBeGreaterThan(0);
    expect(rateLimitedRequests("forms").value).toBe(refused.length);
  });
});
