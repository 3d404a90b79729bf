import { describe, expect, it } from "vitest";
import type { Clause } from "#lib/channels/view.ts";
import { addClause, findRow, toDraft, toSelection } from "./selection-draft.ts";

const everything: Clause = { namespace: "*" };

describe("a selection as a form", () => {
  it.each<[string, Clause[], Clause[]]>([
    ["everything", [everything], []],
    ["everything but", [everything], [{ tag: "beta" }, { server: "com.example/a", tag: "old" }]],
    ["nothing", [], []],
    ["each kind", [{ namespace: "io.github.*" }, { server: "com.example/a" }, { tag: "finance" }], []],
    ["kinds together", [{ namespace: "com.example", tag: "finance" }], [{ namespace: "com.*", server: "com.a/b" }]],
    ["all three", [{ namespace: "com.example", server: "com.example/a", tag: "x" }], []],
    ["everything beside more", [everything, { tag: "finance" }], []],
    ["everything with a tag", [{ namespace: "*", tag: "finance" }], []],
  ])("comes back as it was: %s", (_case, include, exclude) => {
    expect(toSelection(toDraft({ include, exclude }))).toEqual({ include, exclude });
  });

  it("gives every row of both lists a key of its own", () => {
    const draft = toDraft({ include: [{ tag: "a" }, { tag: "b" }], exclude: [{ tag: "c" }] });
    const keys = [...draft.include, ...draft.exclude].map((row) => row.key);
    expect(new Set(keys).size).toBe(3);
    expect(addClause(draft.include, "tag").map((row) => row.key)).toHaveLength(3);
    expect(new Set(addClause(draft.include, "tag").map((row) => row.key)).size).toBe(3);
  });

  it("leaves out rows in which nothing is written, and trims the others", () => {
    const include = addClause(addClause([], "namespace"), "tag").map((row) =>
      row.kind === "tag" ? { ...row, value: " Finance " } : row,
    );
    expect(toSelection({ everything: false, include, exclude: [] })).toEqual({
      include: [{ tag: "finance" }],
      exclude: [],
    });
  });

  it("keeps what is written below “only some” out of “every server”", () => {
    const draft = { ...toDraft({ include: [{ tag: "a" }], exclude: [] }), everything: true };
    expect(toSelection(draft)).toEqual({ include: [everything], exclude: [] });
  });
});

describe("findRow", () => {
  const draft = { everything: false, include: addClause(addClause([], "tag"), "tag"), exclude: addClause([], "tag") };
  const [first, second] = draft.include;
  const written = { ...draft, include: [first!, { ...second!, value: "?" }] };

  it("counts written rows alone, as they were sent", () => {
    expect(findRow(written, "/include/0/tag")).toEqual({ list: "include", key: second?.key });
    expect(findRow(written, "/include/0")).toEqual({ list: "include", key: second?.key });
  });

  it("knows no row for what was not sent", () => {
    expect(findRow(written, "/include/1/tag")).toBeNull();
    expect(findRow(written, "/exclude/0")).toBeNull();
    expect(findRow(written, "/label")).toBeNull();
    expect(findRow({ ...written, everything: true }, "/include/0")).toBeNull();
  });
});
