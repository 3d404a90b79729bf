import { describe, expect, it } from "vitest";
import { type Clause, selectionSchema, toSelector } from "#lib/channels/selection.ts";

const shows = (include: Clause[], name: string, { exclude = [] as Clause[], tags = [] as string[] } = {}) =>
  toSelector({ include, exclude })({ name, tags });

describe("toSelector", () => {
  it.each<[string, Clause, string, boolean]>([
    ["everything", { namespace: "*" }, "io.github.acme/weather", true],
    ["one namespace", { namespace: "io.github.acme" }, "io.github.acme/weather", true],
    ["in any case", { namespace: "IO.github.Acme" }, "io.github.aCME/Weather", true],
    ["not one that begins alike", { namespace: "io.github.acme" }, "io.github.acmeshop/weather", false],
    ["not what lies below it", { namespace: "io.github.acme" }, "io.github.acme.labs/weather", false],
    ["all below one", { namespace: "io.github.*" }, "io.github.acme/weather", true],
    ["at any depth", { namespace: "io.github.*" }, "io.github.acme.labs/weather", true],
    ["not the one itself", { namespace: "io.github.*" }, "io.github/weather", false],
    ["not a neighbour", { namespace: "io.github.*" }, "io.githubber/weather", false],
    ["not a server's name that looks like it", { namespace: "io.github.*" }, "io/github.weather", false],
    ["one server", { server: "io.github.acme/Weather" }, "io.github.acme/weather", true],
    ["not another", { server: "io.github.acme/weather" }, "io.github.acme/weather2", false],
  ])("selects %s", (_case, clause, name, expected) => {
    expect(shows([clause], name)).toBe(expected);
  });

  it("asks for every part of a clause", () => {
    const clause = { namespace: "io.github.acme", tag: "finance" };
    expect(shows([clause], "io.github.acme/weather", { tags: ["finance"] })).toBe(true);
    expect(shows([clause], "io.github.acme/weather", { tags: ["weather"] })).toBe(false);
    expect(shows([clause], "com.example/weather", { tags: ["finance"] })).toBe(false);
  });

  it("lets exclusions win", () => {
    const exclude = [{ tag: "internal" }];
    expect(shows([{ namespace: "*" }], "com.example/a", { exclude, tags: ["internal"] })).toBe(false);
    expect(shows([{ namespace: "*" }], "com.example/a", { exclude })).toBe(true);
  });

  it("shows nothing when nothing is included, whatever an empty clause says", () => {
    expect(shows([], "com.example/a")).toBe(false);
    expect(shows([{}], "com.example/a")).toBe(false);
  });
});

describe("selectionSchema", () => {
  it.each([
    { include: [{}], exclude: [] },
    { include: [{ namespace: "io.*.acme" }], exclude: [] },
    { include: [{ namespace: "io.github*" }], exclude: [] },
    { include: [{ namespace: "" }], exclude: [] },
    { include: [{ server: "weather" }], exclude: [] },
    { include: [{ tag: "Finance" }], exclude: [] },
    { include: [{ tag: "a", other: 1 }], exclude: [] },
    { include: Array.from({ length: 201 }, () => ({ tag: "a" })), exclude: [] },
    { include: [{ namespace: "*" }] },
  ])("refuses %j", (selection) => {
    expect(selectionSchema.safeParse(selection).success).toBe(false);
  });
});
