import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

/**
 * A table that turns into cards below 640 px: give every `Cell` the `label` of its column, which is shown there
 * in place of the header row. `caption` names the table for assistive technology.
 */
export function Table({ caption, head, children }: { caption: string; head: ReactNode[]; children: ReactNode }) {
  return (
    <table className="block w-full text-left text-base sm:table">
      <caption className="sr-only">{caption}</caption>
      <thead className="hidden border-b border-line bg-sunken/60 text-xs text-muted sm:table-header-group">
        <tr>
          {head.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
            <th key={column} scope="col" className="px-4 py-2 font-medium sm:first:pl-5 sm:last:pr-5">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">{children}</tbody>
    </table>
  );
}

export function Row({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr
      className={cn(
        "block border-b border-line px-4 py-3 last:border-b-0 hover:bg-sunken/50 sm:table-row sm:p-0",
        className,
      )}
      {...props}
    />
  );
}

type CellProps = ComponentProps<"td"> & {
  label?: string;
  /** For sentences and long addresses: on narrow screens they go under the label, from the left. */
  long?: boolean;
};

export function Cell({ label, long, className, children, ...props }: CellProps) {
  return (
    <td
      className={cn(
        "min-w-0 py-0.5 align-middle",
        long ? "grid" : "flex items-baseline justify-between gap-4",
        label && !long && "text-right sm:text-left",
        "sm:table-cell sm:px-4 sm:py-2.5 sm:first:pl-5 sm:last:pr-5",
        className,
      )}
      {...props}
    >
      {label ? <span className="shrink-0 text-sm text-muted sm:hidden">{label}</span> : null}
      {children}
    </td>
  );
}
