import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const files = ["app", "components"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx$/.test(name) && !/\.test\.tsx$/.test(name))
    .map((name) => ({ name: path.join(folder, name), text: readFileSync(path.join(root, folder, name), "utf8") })),
);
const offenders = (isBad: (file: (typeof files)[number]) => boolean) => files.filter(isBad).map((file) => file.name);

it("reads the pages and components", () => {
  expect(files.length).toBeGreaterThan(80);
});

it("writes no style attributes, which the Content-Security-Policy refuses", () => {
  expect(offenders(({ text }) => /\sstyle=\{/.test(text))).toEqual([]);
});

it("names colours by their meaning alone", () => {
  expect(offenders(({ text }) => /(#[0-9a-f]{6}\b|\b(rgb|hsl|oklch)\()/i.test(text))).toEqual([]);
});

it("keeps pages on the server and short", () => {
  const pages = files.filter(({ name }) => name.endsWith("/page.tsx"));
  expect(pages.length).toBeGreaterThan(10);
  const bad = pages.filter(({ text }) => text.startsWith('"use client"') || text.split("\n").length > 100);
  expect(bad.map((page) => page.name)).toEqual([]);
});

it("loads nothing of other sites", () => {
  expect(offenders(({ text }) => /\b(src|srcSet)=("https?:|\{`https?:)/.test(text))).toEqual([]);
});

it("ends what opens a dialog in an ellipsis", () => {
  const triggers = files.flatMap(({ name, text }) =>
    [...text.matchAll(/trigger(?:=\{| = \(?)\s*<Button[\s\S]*?<\/Button>/g)].map(([button]) => ({ name, button })),
  );
  const asking = triggers.filter(({ name }) => !name.startsWith("components/shell/"));
  expect(asking.length).toBeGreaterThan(8);
  expect(asking.filter(({ button }) => !/(…|\{props\.trigger\}…)\s*<\/Button>$/.test(button))).toEqual([]);
});

it("leaves the ellipsis of a confirm to the confirm", () => {
  expect(offenders(({ text }) => /trigger="[^"]*…"/.test(text))).toEqual([]);
});
