import { ClipboardCheck, type LucideIcon, ScrollText, ShieldCheck, Upload } from "lucide-react";
import type { GrantView } from "#lib/access/view.ts";
import { Badge } from "../ui/badge.tsx";

const roles: Record<GrantView["role"], { label: string; icon: LucideIcon }> = {
  admin: { label: "Administrator", icon: ShieldCheck },
  auditor: { label: "Auditor", icon: ScrollText },
  reviewer: { label: "Reviewer", icon: ClipboardCheck },
  publisher: { label: "Publisher", icon: Upload },
};

/** Roles as chips; a role limited to namespaces names them. */
export function GrantList({ grants }: { grants: GrantView[] }) {
  if (grants.length === 0) return <span className="text-muted">No role</span>;
  return (
    <ul className="flex flex-wrap justify-end gap-1 sm:justify-start">
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
