import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A framed group. With a `title` it is a labelled region of the page. */
export function Card({
  title,
  description,
  actions,
  children,
  className,
  flush,
  id,
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** No padding around the content: for tables and lists that draw their own lines. */
  flush?: boolean;
  id?: string;
}) {
  return (
    <section id={id} className={cn("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title ? (
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3 sm:px-5">
          <div className="min-w-0">
            <h2 className="text-md font-semibold">{title}</h2>
            {description ? <p className="text-sm text-muted">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={flush ? undefined : "px-4 py-4 sm:px-5"}>{children}</div>
    </section>
  );
}
