import { CircleMinus, CirclePlus } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type ChangeSectionProps = {
  kind: "added" | "removed";
  title: string;
  /** How many, in words; null for none. */
  count: string | null;
  /** What it means, said only when there is something. */
  note?: ReactNode;
  children?: ReactNode;
};

const looks = {
  added: { icon: CirclePlus, tone: "text-approved" },
  removed: { icon: CircleMinus, tone: "text-revoked" },
} as const;

/** One half of what saving would change: what is added, or what is taken away. */
export function ChangeSection({ kind, title, count, note, children }: ChangeSectionProps) {
  const { icon: Icon, tone } = looks[kind];
  return (
    <section className="grid gap-1.5">
      <h3 className="flex items-center gap-1.5 text-sm font-medium">
        <Icon aria-hidden="true" className={cn("size-4", count === null ? "text-faint" : tone)} />
        {title}: {count ?? "none"}
      </h3>
      {note && count !== null ? <p className="pl-5.5 text-sm text-muted">{note}</p> : null}
      {children}
    </section>
  );
}
