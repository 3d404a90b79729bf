import { describe, expect, it } from "vitest";
import { splitProblem } from "./split-problem.ts";

const problem = {
  title: "The input is not valid",
  detail: "Some of the input is not valid.",
  code: "invalid-input",
  requestId: "r",
  errors: [
    { pointer: "/email", detail: "This is not an e-mail address." },
    { pointer: "/grants/0/namespace", detail: "This is not a namespace." },
    { pointer: "/grants/1/role", detail: "Unknown role." },
    { pointer: "/elsewhere", detail: "Unknown member." },
    { pointer: "", detail: "Something whole." },
  ],
};

describe("splitProblem", () => {
  it("gives problems to the fields the form shows and keeps the others in the notice", () => {
    const { fields, rest } = splitProblem(problem, (name) => name === "email" || name === "grants");
    expect(fields).toEqual({
      email: "This is not an e-mail address.",
      grants: "This is not a namespace. Unknown role.",
    });
    expect(rest?.errors?.map((error) => error.pointer)).toEqual(["/elsewhere", ""]);
    expect(rest?.title).toBe(problem.title);
  });

  it("needs no notice when the fields say everything", () => {
    const errors = [{ pointer: "/email", detail: "This is not an e-mail address." }];
    expect(splitProblem({ ...problem, errors }, () => true).rest).toBeNull();
    expect(splitProblem({ ...problem, errors: [] }, () => true).rest?.title).toBe(problem.title);
    expect(splitProblem({ ...problem, errors, code: "last-admin" }, () => true).rest?.code).toBe("last-admin");
  });

  it("finds fields with several values under their form name", () => {
    const { fields } = splitProblem(
      { ...problem, errors: [{ pointer: "/scopes/0", detail: "Unknown scope." }] },
      (name) => name === "scopes[]",
    );
    expect(fields).toEqual({ scopes: "Unknown scope." });
  });

  it("finds nested fields, the most exact first", () => {
    const errors = [
      { pointer: "/claims/triggers/0", detail: "Unknown trigger." },
      { pointer: "/claims/repository", detail: "Not a repository." },
      { pointer: "/claims", detail: "Unknown claim." },
    ];
    const known = ["claims.triggers[]", "claims.repository"];
    const { fields, rest } = splitProblem({ ...problem, errors }, (name) => known.includes(name));
    expect(fields).toEqual({ "claims.triggers": "Unknown trigger.", "claims.repository": "Not a repository." });
    expect(rest?.errors?.map((error) => error.pointer)).toEqual(["/claims"]);
  });

  it("has nothing to say without a problem", () => {
    expect(splitProblem(null, () => true)).toEqual({ fields: {}, rest: null });
  });
});
