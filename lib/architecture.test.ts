import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSources, type SourceFile } from "#lib/testing/source-tree.ts";

// The house rules, held for every file of the tree. Each test lists the files that break its rule.

const all = readSources("app", "components", "lib", "cli", "scripts");
const sources = all.filter((file) => !/\.test\.tsx?$/.test(file.path));
const within = (folder: string) => sources.filter((file) => file.path.startsWith(`${folder}/`));

/** `path: import` of every import that `isAllowed` refuses. */
function breaches(
  files: SourceFile[],
  isAllowed: (from: string, file: SourceFile, typeOnly: boolean) => boolean,
): string[] {
  return files.flatMap((file) =>
    file.imports
      .filter((used) => !isAllowed(used.from, file, used.typeOnly))
      .map((used) => `${file.path}: ${used.from}`),
  );
}

const framework = /^(next|react|react-dom|next-auth)(\/|$)/;
const isDoor = (from: string) => /^#lib\/[\w-]+(\/[\w-]+)*\/(index|view)\.ts$/.test(from);

/** Doors beside `index.ts`: kept apart because they load something the others must not. */
const sideDoors = [
  "#lib/channels/selection.ts",
  "#lib/manifest/version-order.ts",
  "#lib/resolver/client.ts",
  "#lib/session/client.ts",
  "#lib/access/authority.ts",
  "#lib/signing/approval.ts",
];

it("reads the tree", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((file) => file.imports).length).toBeGreaterThan(200);
});

describe("direction", () => {
  it("pages and routes use doors, never the database", () => {
    const allowed = (from: string) =>
      !from.startsWith("#lib/") || isDoor(from) || sideDoors.includes(from) || /^#lib\/(core|http)\//.test(from);
    expect(breaches(within("app"), (from) => allowed(from) && !/^#lib\/db\/|prisma/i.test(from))).toEqual([]);
  });

  it("components know other components, views as types, and the pure core", () => {
    const isPure = (from: string) => from.startsWith("#lib/core/");
    const isView = (from: string, typeOnly: boolean) => typeOnly && /^#lib\/[\w-]+\/view\.ts$/.test(from);
    const isSameTree = (from: string) => !from.startsWith("#lib/");
    expect(
      breaches(
        within("components"),
        (from, _file, typeOnly) => isSameTree(from) || isPure(from) || isView(from, typeOnly),
      ),
    ).toEqual([]);
  });

  it("capabilities know no web framework", () => {
    const capabilities = within("lib").filter((file) => !/^lib\/(http|session)\//.test(file.path));
    expect(breaches(capabilities, (from) => !framework.test(from))).toEqual([]);
  });

  it("capabilities enter each other by the door", () => {
    const shared = /^#lib\/(core|db|config|testing|http)\//;
    const capabilities = within("lib").filter((file) => !/^lib\/(boot|testing)\//.test(file.path));
    const own = (from: string, file: SourceFile) => from.split("/")[1] === file.path.split("/")[1];
    expect(
      breaches(
        capabilities,
        (from, file) =>
          !from.startsWith("#lib/") || shared.test(from) || own(from, file) || isDoor(from) || sideDoors.includes(from),
      ),
    ).toEqual([]);
  });

  it("the core knows nothing of the capabilities", () => {
    expect(breaches(within("lib/core"), (from) => !from.startsWith("#lib/") || from.startsWith("#lib/core/"))).toEqual(
      [],
    );
  });

  it("the command line tool never meets the database", () => {
    expect(breaches(within("cli"), (from) => !/^#lib\/(db|boot|testing)\/|prisma|^pg$/i.test(from))).toEqual([]);
  });
});

describe("the database", () => {
  it("is queried from stores alone", () => {
    const mayQuery = (path: string) => /^lib\/(db|testing|boot)\//.test(path) || /(^|[/-])store(\.ts$|\/)/.test(path);
    const query = /^#lib\/db\/(client|generated\/.*)\.ts$|^@prisma\//;
    const rest = sources.filter((file) => !mayQuery(file.path) && !file.path.startsWith("scripts/"));
    expect(breaches(rest, (from) => !query.test(from))).toEqual([]);
  });
});

describe("purity", () => {
  const impure = [
    ["a file", /["']node:fs/],
    ["the environment", /process\.env/],
    ["the network", /\bfetch\(|["']node:(http|https|net|tls|dgram)["']/],
    ["the clock", /Date\.now\(|new Date\(\)/],
    ["the database", /#lib\/db\/|@prisma/],
  ] as const;
  /** Signing (not verifying) talks to a certificate authority, and the pool measures time: named here, not hidden. */
  const exempt = /^lib\/signing\/(keyless|pool|worker|sign)\b|^lib\/signing\/keyless\//;

  it.each(impure)("verification and manifest rules never touch %s", (_what, pattern) => {
    const pure = [...within("lib/signing"), ...within("lib/manifest")].filter((file) => !exempt.test(file.path));
    expect(pure.length).toBeGreaterThan(10);
    expect(pure.filter((file) => pattern.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it("settings are read from the environment in few places", () => {
    const allowed =
      /^(lib\/(config|boot|testing)\/|lib\/db\/(client|pool)\.ts|lib\/http\/next-child\.ts|cli\/|scripts\/)/;
    const reading = sources.filter((file) => /process\.env/.test(file.text) && !allowed.test(file.path));
    expect(reading.map((file) => file.path)).toEqual([]);
  });
});

describe("files", () => {
  it("route files are declarations of under 40 lines", () => {
    const routes = within("app").filter((file) => file.path.endsWith("/route.ts"));
    expect(routes.filter((file) => file.text.split("\n").length > 40).map((file) => file.path)).toEqual([]);
  });

  it("have names that say what is in them", () => {
    const banned = /(^|\/)(utils?|helpers?|misc|common|stuff)(\.|\/)/i;
    expect(all.filter((file) => banned.test(file.path)).map((file) => file.path)).toEqual([]);
  });

  it("are named in kebab case", () => {
    const named = all.map((file) => file.path.split("/").at(-1) ?? "");
    expect(named.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|worker|d))?\.tsx?$/.test(name))).toEqual([]);
  });

  it("stay small: the middle one under 100 lines", () => {
    const lines = sources.map((file) => file.text.split("\n").length).sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(100);
  });

  it("every capability has a door", () => {
    const folders = new Set(within("lib").map((file) => file.path.split("/").slice(0, 2).join("/")));
    const doorless = ["lib/core", "lib/db", "lib/testing"];
    const missing = [...folders].filter((folder) => !folder.endsWith(".ts") && !doorless.includes(folder));
    expect(missing.filter((folder) => !existsSync(`${folder}/index.ts`))).toEqual([]);
  });
});
