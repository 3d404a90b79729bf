import { expect, test } from "vitest";
import { DomainError, PROBLEMS } from "#lib/core/errors.ts";
import { toProblem } from "#lib/core/problem.ts";

const at = { registryId: "https://mcp.example.com", requestId: "r-1" };

test("a refusal keeps its code, status, public detail and fields", () => {
  const fields = [{ pointer: "/name", detail: "is missing", code: "schema-field-required" }];
  const problem = toProblem(new DomainError("manifest-invalid", "1 problem", { fields, extensions: { count: 1 } }), at);
  expect(problem).toEqual({
    type: "https://mcp.example.com/problems/manifest-invalid",
    title: "The manifest is not valid",
    status: 422,
    detail: "1 problem",
    code: "manifest-invalid",
    requestId: "r-1",
    errors: fields,
    count: 1,
  });
});

test("what was not meant for the caller never leaves", () => {
  const secret = "postgresql://app:hunter2@10.0.0.3/registry";
  for (const error of [
    new Error(secret),
    secret,
    { message: secret },
    new DomainError("internal", "Broken.", { log: secret, cause: new Error(secret) }),
  ]) {
    expect(JSON.stringify(toProblem(error, at))).not.toContain("hunter2");
  }
  expect(toProblem(new Error(secret), at)).toMatchObject({ status: 500, code: "internal" });
});

test("extensions cannot overwrite the members of the standard", () => {
  const problem = toProblem(
    new DomainError("not-found", "No such server.", { extensions: { status: 200, type: "about:blank" } }),
    at,
  );
  expect(problem).toMatchObject({ status: 404, type: "https://mcp.example.com/problems/not-found" });
});

test("an error of the other copy of the module is known by its shape", () => {
  const foreign = Object.assign(new Error("x"), {
    name: "DomainError",
    code: "forbidden",
    detail: "No.",
    fields: [],
    extensions: {},
  });
  expect(toProblem(foreign, at)).toMatchObject({ status: 403, detail: "No." });
});

test("every status is one that says who has to act", () => {
  for (const [code, { status }] of Object.entries(PROBLEMS))
    expect([code, status >= 400 && status < 600]).toEqual([code, true]);
});
