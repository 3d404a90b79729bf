import { describe, expect, it } from "vitest";
import { flattenBody } from "./flatten.ts";

describe("flattenBody", () => {
  it("shows every leaf once, in order", () => {
    const body = JSON.stringify({
      seq: 7,
      actor: { kind: "person", label: "Ann" },
      address: null,
      details: {
        grants: [{ role: "admin", namespace: "*" }],
        scopes: ["read", "publish"],
        none: [],
        empty: {},
        ok: true,
      },
    });
    expect(flattenBody(body)).toEqual([
      { path: "seq", value: "7" },
      { path: "actor.kind", value: "person" },
      { path: "actor.label", value: "Ann" },
      { path: "address", value: "none" },
      { path: "details.grants[0].role", value: "admin" },
      { path: "details.grants[0].namespace", value: "*" },
      { path: "details.scopes", value: "read, publish" },
      { path: "details.none", value: "none" },
      { path: "details.empty", value: "none" },
      { path: "details.ok", value: "true" },
    ]);
  });

  it.each(["", "not json", "[1]", "null", '"text"'])("has no facts for %j", (body) => {
    expect(flattenBody(body)).toEqual([]);
  });
});
