import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Says why there is nothing here and what would put something here. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="mb-4 rounded-xl border border-line bg-sunken p-3">
        <Icon aria-hidden="true" className="size-6 text-muted" />
      </span>
      <p className="text-md font-semibold">{title}</p>
      {children ? <div className="mt-1 max-w-md text-base text-muted">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
