import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { type Tone, toneLook } from "./tone.ts";

const icons: Record<Tone, LucideIcon> = {
  neutral: Info,
  info: Info,
  pending: TriangleAlert,
  unpinned: TriangleAlert,
  expired: Info,
  revoked: CircleX,
  approved: CircleCheck,
};

/** A notice across the content. With `live`, screen readers are told when it appears. */
export function Banner({
  tone = "info",
  title,
  children,
  actions,
  live,
  className,
}: {
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  live?: boolean;
  className?: string;
}) {
  const Icon = icons[tone];
  return (
    <div
      role={live ? "alert" : undefined}
      className={cn("flex gap-3 rounded-lg border px-4 py-3 text-base", toneLook[tone], className)}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        {children ? <div className="mt-0.5 text-ink [overflow-wrap:anywhere]">{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
