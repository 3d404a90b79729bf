import Link from "next/link";
import type { ReactNode } from "react";
import { VisibleText } from "./visible-text.tsx";

export type Crumb = { href: string; label: string };

/** Title of a page, with the way back up and its actions. */
export function PageHeader({
  title,
  description,
  actions,
  crumbs = [],
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  crumbs?: Crumb[];
}) {
  return (
    <header className="mb-6">
      {crumbs.length > 0 ? (
        <nav aria-label="Breadcrumb" className="mb-2 text-sm text-muted">
          <ol className="flex flex-wrap gap-x-1.5">
            {crumbs.map((crumb, at) => (
              <li key={crumb.href} className="flex min-w-0 gap-x-1.5">
                {at > 0 ? <span aria-hidden="true">/</span> : null}
                <Link href={crumb.href} className="hover:text-ink hover:underline">
                  <VisibleText text={crumb.label} />
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
          {description ? <div className="mt-1 max-w-3xl text-base text-pretty text-muted">{description}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
