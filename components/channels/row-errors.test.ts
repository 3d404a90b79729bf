import { describe, expect, it } from "vitest";
import { toRowErrors } from "./row-errors.ts";
import { toDraft } from "./selection-draft.ts";

const draft = toDraft({ include: [{ tag: "a" }, { server: "x" }], exclude: [{ tag: "B" }] });
const problemWith = (errors: { pointer: string; detail: string }[], code = "invalid-input") => ({
  title: "",
  detail: "",
  requestId: "",
  code,
  errors,
});
const second = { pointer: "/selection/include/1/server", detail: "Write a whole server name." };

describe("toRowErrors", () => {
  it("gives each problem to its row", () => {
    const other = { pointer: "/selection/exclude/0/tag", detail: "Lower case." };
    const { rows, complete } = toRowErrors(problemWith([second, other]), draft);
    expect(rows.include).toEqual(new Map([[draft.include[1]?.key, second.detail]]));
    expect(rows.exclude).toEqual(new Map([[draft.exclude[0]?.key, other.detail]]));
    expect(complete).toBe(true);
  });

  it("does not say that rows tell everything when they do not", () => {
    const elsewhere = { pointer: "/slug", detail: "Unknown." };
    expect(toRowErrors(problemWith([second, elsewhere]), draft).complete).toBe(false);
    expect(toRowErrors(problemWith([]), draft).complete).toBe(false);
    expect(toRowErrors(problemWith([second], "unavailable"), draft).complete).toBe(false);
    expect(toRowErrors(null, draft).complete).toBe(false);
  });
});
