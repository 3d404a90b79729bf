import { ClipboardCheck, type LucideIcon, ScrollText, ShieldCheck, Upload } from "lucide-react";
import type { GrantView } from "#lib/access/view.ts";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/cn.ts";

const roles: Record<GrantView["role"], { label: string; icon: LucideIcon }> = {
  admin: { label: "Administrator", icon: ShieldCheck },
  auditor: { label: "Auditor", icon: ScrollText },
  reviewer: { label: "Reviewer", icon: ClipboardCheck },
  publisher: { label: "Publisher", icon: Upload },
};

/**
 * Roles as chips; a role limited to namespaces names them. `inTable` puts them where the values of a table are that became
 * cards.
 */
export function GrantList({ grants, inTable }: { grants: GrantView[]; inTable?: boolean }) {
  if (grants.length === 0) return <span className="text-muted">No role</span>;
  return (
    <ul className={cn("flex flex-wrap gap-1", inTable && "justify-end sm:justify-start")}>
      {grants.map(({ role, namespace }) => (
        <li key={`${role} ${namespace}`}>
          <Badge icon={roles[role].icon} tone={role === "admin" ? "info" : "neutral"} className="whitespace-normal">
            {roles[role].label}
            {namespace === "*" ? null : <span className="font-mono [overflow-wrap:anywhere]">{namespace}</span>}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
