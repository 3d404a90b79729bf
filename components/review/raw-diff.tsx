import { Banner } from "../ui/banner.tsx";
import { cn } from "../ui/cn.ts";
import { VisibleText } from "../ui/visible-text.tsx";
import { type DiffBlock, type DiffLine, foldUnchanged, toDiffLines } from "./line-diff.ts";

/** A file of 128 KiB could hold as many lines; a page that draws them all would stop the browser. */
const maxLines = 5000;

const grounds: Record<DiffLine["kind"], string> = {
  same: "",
  added: "bg-approved-soft",
  removed: "bg-revoked-soft",
};
const signs: Record<DiffLine["kind"], { sign: string; word: string }> = {
  same: { sign: " ", word: "" },
  added: { sign: "+", word: "added: " },
  removed: { sign: "−", word: "removed: " },
};

/** The exact texts line by line; long unchanged stretches fold away. Without `before`, the whole of `after`. */
export function RawDiff({ before, after }: { before: string | null; after: string }) {
  const all = before === null ? wholeText(after) : toDiffLines(before, after);
  const shown = all.slice(0, maxLines);
  const blocks = before === null ? [{ folded: false, lines: shown }] : foldUnchanged(shown);
  return (
    <>
      {all.length > shown.length ? (
        <Banner tone="revoked" title={`${all.length - shown.length} more lines are not shown`} className="mb-3">
          No ordinary manifest is this long. Read the bytes themselves before you rely on anything here.
        </Banner>
      ) : null}
      <Blocks blocks={blocks} />
    </>
  );
}

function Blocks({ blocks }: { blocks: DiffBlock[] }) {
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface py-1 font-mono text-sm">
      {blocks.map(({ folded, lines }) => {
        const first = lines[0];
        const key = `${first?.before}-${first?.after}`;
        if (!folded) return <Lines key={key} lines={lines} />;
        return (
          <details key={key} className="group">
            <summary className="bg-sunken px-3 py-0.5 font-sans text-muted group-open:border-b group-open:border-line">
              {lines.length === 1 ? "1 unchanged line" : `${lines.length} unchanged lines`}
            </summary>
            <Lines lines={lines} />
          </details>
        );
      })}
    </div>
  );
}

function wholeText(text: string): DiffLine[] {
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.map((line, at) => ({ kind: "same", before: null, after: at + 1, text: line }));
}

function Lines({ lines }: { lines: DiffLine[] }) {
  return lines.map((line) => (
    <div
      key={`${line.before}-${line.after}`}
      className={cn("grid grid-cols-[2.75rem_1rem_minmax(0,1fr)] pr-3", grounds[line.kind])}
    >
      <span aria-hidden="true" className="pr-2 text-right text-muted tabular-nums select-none">
        {line.after ?? line.before}
      </span>
      <span aria-hidden="true" className="text-muted select-none">
        {signs[line.kind].sign}
      </span>
      <span>
        <span className="sr-only">{signs[line.kind].word}</span>
        <LineText text={line.text} />
      </span>
    </div>
  ));
}

/** Indentation stays; any other tab, and a carriage return, is shown by name like every control character. */
function LineText({ text }: { text: string }) {
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  return (
    <>
      <span className="whitespace-pre-wrap">{indent}</span>
      <VisibleText text={text.slice(indent.length)} className="whitespace-pre-wrap" />
    </>
  );
}
