import type { LucideIcon } from "lucide-react";
import { Children, type ReactNode } from "react";
import { VisibleText } from "../ui/visible-text.tsx";

/** The common frame of a package and a remote. Title and kinds are the publisher's text. */
export function DeliveryCard({
  icon: Icon,
  title,
  kind,
  badge,
  children,
}: {
  icon: LucideIcon;
  title: string;
  kind: string[];
  badge?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className="rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-start justify-between gap-2 px-4 py-3">
        <div className="flex min-w-0 gap-3">
          <Icon aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
          <div className="min-w-0">
            <h3 className="font-mono text-base font-semibold">
              <VisibleText text={title} />
            </h3>
            <p className="text-sm text-muted">
              <VisibleText text={kind.join(" · ")} />
            </p>
          </div>
        </div>
        {badge}
      </header>
      {Children.toArray(children).length > 0 ? (
        <div className="grid gap-3 px-4 pb-4 empty:hidden sm:pl-11">{children}</div>
      ) : null}
    </section>
  );
}
