"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "../ui/cn.ts";
import { Spinner } from "../ui/spinner.tsx";
import { type Area, areasOf } from "./areas.ts";
import type { Viewer } from "./viewer.ts";

function isActive(href: string, path: string): boolean {
  if (href === "/") return path === "/" || path.startsWith("/servers");
  return path === href || path.startsWith(`${href}/`);
}

/** The areas as a list, the present one marked. */
export function NavLinks({ viewer, onNavigate }: { viewer: Viewer | null; onNavigate?: () => void }) {
  const path = usePathname();
  return (
    <nav aria-label="Areas">
      <ul className="grid gap-0.5">
        {areasOf(viewer).map(({ href, label, icon }) => {
          const active = isActive(href, path);
          return (
            <li key={href}>
              <Link
                href={href}
                onClick={onNavigate}
                aria-current={active ? "page" : undefined}
                className={cn(
                  "flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-base text-muted hover:bg-sunken hover:text-ink",
                  active && "bg-accent-soft font-semibold text-ink hover:bg-accent-soft",
                )}
              >
                <AreaIcon icon={icon} active={active} />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Turns while the page it leads to is on its way. */
function AreaIcon({ icon: Icon, active }: { icon: Area["icon"]; active: boolean }) {
  const { pending } = useLinkStatus();
  if (pending) return <Spinner />;
  return <Icon aria-hidden="true" className={cn("size-4", active && "text-accent")} />;
}
