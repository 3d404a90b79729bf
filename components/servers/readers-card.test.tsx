import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ReaderView } from "#lib/channels/view.ts";
import { ReadersCard } from "./readers-card.tsx";

const all = "/servers/com.acme/weather?version=1.0.0&tab=readers";

function reader(at: number, known: Partial<ReaderView["reader"]> = {}): ReaderView {
  return {
    channel: { slug: "team", label: "Team", audience: "token" },
    reader: { kind: "token", label: `Robot ${at}`, owner: null, prefix: `cst_${at}`, ...known },
    firstDay: "2026-11-01",
    lastDay: "2026-11-22",
    lastAt: "2026-11-22T12:00:00.000Z",
    count: 3,
  };
}

const draw = (readers: ReaderView[], complete = true, brief = true) =>
  renderToStaticMarkup(<ReadersCard resolved={{ readers, complete, keptDays: 400 }} all={brief ? all : undefined} />);
const rowsOf = (html: string) => html.split("<tr").length - 2;
const many = Array.from({ length: 20 }, (_, at) => reader(at));

it("shows the latest of many, says how many they are and leads to all", () => {
  const html = draw(many);
  expect(rowsOf(html)).toBe(8);
  expect(html).toContain("Robot 7");
  expect(html).not.toContain("Robot 8");
  expect(html).toContain("All 20 readers");
  expect(html).toContain(all.replaceAll("&", "&amp;"));
});

it("lists all where that is what the page is for", () => {
  const html = draw(many, false, false);
  expect(rowsOf(html)).toBe(20);
  expect(html).toContain("20 and more readers");
  expect(html).toContain("Only the latest 20 readers are listed.");
});

it("says that nobody was counted, never that nobody has it", () => {
  const html = draw([]);
  expect(html).toContain("No client has been counted");
  expect(html).toContain("Nobody can count who got it from a");
});

it("calls a token nobody knows any more neither a robot nor by a name", () => {
  const html = draw([reader(1, { label: null, prefix: null })]);
  expect(html).toContain("A token that is gone");
  expect(html).not.toContain("Robot");
});
