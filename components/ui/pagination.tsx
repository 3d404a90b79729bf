import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { buttonLook } from "./button.tsx";
import { cn } from "./cn.ts";

function Step({ href, children }: { href: string | null; children: React.ReactNode }) {
  const look = buttonLook({ size: "sm" });
  if (href === null)
    return (
      <span aria-hidden="true" className={cn(look, "border-line bg-transparent text-muted hover:bg-transparent")}>
        {children}
      </span>
    );
  return (
    <Link href={href} className={look}>
      {children}
    </Link>
  );
}

/** Previous and next. A `null` address is the end in that direction. */
export function Pagination({
  previous,
  next,
  text,
  previousText = "Previous",
}: {
  previous: string | null;
  next: string | null;
  /** Between the two: where one is. */
  text?: string;
  previousText?: string;
}) {
  if (previous === null && next === null) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex items-center justify-between gap-4">
      <Step href={previous}>
        <ChevronLeft aria-hidden="true" /> {previousText}
      </Step>
      {text ? <p className="text-sm text-muted tabular-nums">{text}</p> : null}
      <Step href={next}>
        Next <ChevronRight aria-hidden="true" />
      </Step>
    </nav>
  );
}
