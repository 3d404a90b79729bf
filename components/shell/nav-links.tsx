"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "../ui/cn.ts";
import { areasOf } from "./areas.ts";
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
        {areasOf(viewer).map(({ href, label, icon: Icon }) => {
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
                <Icon aria-hidden="true" className={cn("size-4", active && "text-accent")} />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
