import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** The common frame of "signed by" and "countersigned by". */
export function ProvenanceCard({
  icon: Icon,
  title,
  kind,
  children,
}: {
  icon: LucideIcon;
  title: string;
  kind: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="min-w-0 rounded-lg border border-line bg-surface">
      <header className="flex items-center gap-3 border-b border-line px-4 py-3 sm:px-5">
        <span className="grid size-8 shrink-0 place-items-center rounded-md bg-accent-soft text-accent">
          <Icon aria-hidden="true" className="size-4" />
        </span>
        <div className="min-w-0">
          <h3 className="font-semibold">{title}</h3>
          <p className="text-sm text-muted">{kind}</p>
        </div>
      </header>
      <div className="px-4 py-4 sm:px-5">{children}</div>
    </section>
  );
}
