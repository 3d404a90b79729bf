import { diffLines } from "diff";

export type DiffLine = {
  kind: "same" | "added" | "removed";
  before: number | null;
  after: number | null;
  text: string;
};
export type DiffBlock = { folded: boolean; lines: DiffLine[] };

/** Lines kept visible around a change. */
const contextLines = 3;
/** Beyond this many edits the two texts have nothing to do with each other: both are shown whole. */
const maxEdits = 1000;

/** Every line of both texts, in order. Bounded: texts too different come out as all removed, then all added. */
export function toDiffLines(before: string, after: string): DiffLine[] {
  const parts = diffLines(before, after, { maxEditLength: maxEdits }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  const lines: DiffLine[] = [];
  let [left, right] = [1, 1];
  for (const part of parts) {
    const kind = part.added ? "added" : part.removed ? "removed" : "same";
    for (const text of splitLines(part.value)) {
      lines.push({ kind, before: kind === "added" ? null : left++, after: kind === "removed" ? null : right++, text });
    }
  }
  return lines;
}

function splitLines(text: string): string[] {
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

/** Groups lines so that long unchanged stretches can be folded away. */
export function foldUnchanged(lines: DiffLine[]): DiffBlock[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - contextLines), at + contextLines + 1).some((line) => line.kind !== "same"),
  );
  const blocks: DiffBlock[] = [];
  lines.forEach((line, at) => {
    const folded = !near[at];
    const last = blocks.at(-1);
    if (last && last.folded === folded) last.lines.push(line);
    else blocks.push({ folded, lines: [line] });
  });
  return blocks;
}
