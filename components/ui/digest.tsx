import { cn } from "./cn.ts";
import { CopyButton } from "./copy-button.tsx";

/** A digest or key id in full, breakable, with a copy button. `short` shows the first characters; the copy is whole. */
export function Digest({
  value,
  label,
  short,
  className,
}: {
  value: string;
  label: string;
  short?: boolean;
  className?: string;
}) {
  const shown = short ? shorten(value) : value;
  return (
    <span className={cn("inline-flex max-w-full items-center gap-1", className)}>
      <code
        title={value}
        className={cn("min-w-0 font-mono text-sm", short ? "whitespace-nowrap" : "[overflow-wrap:anywhere]")}
      >
        {shown}
      </code>
      <CopyButton text={value} label={`Copy ${label}`} className="size-6 [&_svg]:size-3.5" />
    </span>
  );
}

/** The algorithm, where it is named, and the first twelve characters. */
function shorten(value: string): string {
  const start = value.indexOf(":") + 1;
  return `${value.slice(0, start + 12)}…`;
}
