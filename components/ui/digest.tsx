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
  const shown = short ? `${value.slice(0, 19)}…` : value;
  return (
    <span className={cn("inline-flex max-w-full items-center gap-1", className)}>
      <code title={value} className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">
        {shown}
      </code>
      <CopyButton text={value} label={`Copy ${label}`} className="size-6 [&_svg]:size-3.5" />
    </span>
  );
}
