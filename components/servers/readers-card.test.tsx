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

type Given = { total?: number; filter?: string; brief?: boolean };

function draw(readers: ReaderView[], { total = readers.length, filter, brief = true }: Given = {}): string {
  const resolved = { readers, total, page: 1, pages: 1, channels: [], keptDays: 400 };
  return renderToStaticMarkup(
    <ReadersCard
      name="com.acme/weather"
      version="1.0.0+x"
      resolved={resolved}
      filter={new URLSearchParams(filter)}
      all={brief ? all : undefined}
    />,
  );
}
const rowsOf = (html: string) => html.split("<tr").length - 2;
const few = Array.from({ length: 8 }, (_, at) => reader(at));

it("shows the latest of many, says how many they are and leads to all", () => {
  const html = draw(few, { total: 1234 });
  expect(rowsOf(html)).toBe(8);
  expect(html).toContain("All 1,234 readers");
  expect(html).toContain(all.replaceAll("&", "&amp;"));
});

it("leads nowhere when these are all, or the page is about them", () => {
  expect(draw(few)).not.toContain("All 8");
  expect(draw(few, { total: 1234, brief: false })).not.toContain("All 1,234");
});

it("exports what it shows: this version, under the filter", () => {
  const html = draw(few, { filter: "channel=team&kind=token" });
  expect(html).toContain("/servers/com.acme/weather/readers?version=1.0.0%2Bx&amp;channel=team&amp;kind=token");
  expect(html).toContain("8 readers like this, by UTC day");
});

it("has nothing to export where nobody is, and says whether the filter is why", () => {
  expect(draw([])).not.toContain("/readers?");
  expect(draw([], { filter: "kind=token" })).toContain("No reader fits the filter.");
  expect(draw([], { total: 30 })).toContain("The list ends before this page.");
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
