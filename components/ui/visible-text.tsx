import { type EscapedSegment, escapeInvisible } from "#lib/core/escape.ts";
import { cn } from "./cn.ts";

/**
 * Text someone else wrote, shown for what it is: control, direction and invisible characters appear by code point,
 * with their name on hover, and nothing in it can reorder what stands around it. With `block`, line feeds and tabs
 * stay as they are.
 */
export function VisibleText({ text, block, className }: { text: string; block?: boolean; className?: string }) {
  return (
    <bdi className={cn("[overflow-wrap:anywhere]", block && "whitespace-pre-wrap", className)}>
      {escapeInvisible(text).map((segment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments of one text never move
        <Segment key={at} segment={segment} block={block} />
      ))}
    </bdi>
  );
}

function Segment({ segment, block }: { segment: EscapedSegment; block?: boolean }) {
  if (segment.kind === "text") return segment.text;
  if (block && segment.codePoint === 0x0a) return "\n";
  if (block && segment.codePoint === 0x09) return "\t";
  return (
    <mark
      title={`${segment.label} ${segment.name}`}
      className="mx-0.5 rounded-sm border border-revoked-line bg-revoked-soft px-0.5 font-mono text-xs text-revoked"
    >
      {segment.label}
    </mark>
  );
}
