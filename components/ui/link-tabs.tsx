import Link from "next/link";
import { cn } from "./cn.ts";

export type LinkTab = { href: string; label: string; active: boolean; count?: number };

/** Tabs that are addresses: they work without scripts, can be shared and keep the back button. */
export function LinkTabs({ label, tabs }: { label: string; tabs: LinkTab[] }) {
  return (
    <nav aria-label={label} className="mb-5 overflow-x-auto border-b border-line">
      <ul className="flex sm:gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.active ? "page" : undefined}
              className={cn(
                "flex items-center gap-1.5 border-b-2 border-transparent px-1.5 py-2.5 text-sm whitespace-nowrap sm:px-3 sm:py-2 sm:text-base text-muted -outline-offset-2 hover:text-ink",
                tab.active && "border-accent font-semibold text-ink",
              )}
            >
              {tab.label}
              {tab.count !== undefined ? (
                <span className="hidden text-sm text-faint tabular-nums sm:inline">{tab.count}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
