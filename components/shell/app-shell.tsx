import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../ui/cn.ts";
import { CommandPalette } from "./command-palette.tsx";
import { DemoRibbon } from "./demo-ribbon.tsx";
import { Mark, Wordmark } from "./mark.tsx";
import { MobileNav } from "./mobile-nav.tsx";
import { NavLinks } from "./nav-links.tsx";
import { SkipLink } from "./skip-link.tsx";
import { GuestMenu, UserMenu } from "./user-menu.tsx";
import type { InstallationView, Viewer } from "./viewer.ts";

type ShellProps = {
  viewer: Viewer | null;
  installation: InstallationView;
  /** Menu item that ends the session. */
  signOut: ReactNode;
  children: ReactNode;
};

/** The frame of every page but sign-in: navigation beside the content, or above it on narrow screens. */
export function AppShell({ viewer, installation, signOut, children }: ShellProps) {
  const account = viewer ? <UserMenu viewer={viewer} signOut={signOut} /> : <GuestMenu />;
  const compactAccount = viewer ? <UserMenu viewer={viewer} signOut={signOut} compact /> : <GuestMenu />;
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      {installation.demo ? <DemoRibbon /> : null}
      <TopBar viewer={viewer} account={compactAccount} />
      <div className="grow lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
        <SideBar viewer={viewer} installation={installation} account={account} />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-6 outline-none sm:px-8 lg:py-9">
          {children}
        </main>
      </div>
    </div>
  );
}

type SideBarProps = { viewer: Viewer | null; installation: InstallationView; account: ReactNode };

/** As high as the window below the ribbon, so that the account is always in sight. */
function SideBar({ viewer, installation, account }: SideBarProps) {
  return (
    <aside aria-label="Navigation" className="hidden border-r border-line bg-surface lg:block">
      <div
        className={cn(
          "sticky top-0 flex h-full flex-col gap-4 px-3 py-4",
          installation.demo ? "max-h-[calc(100dvh-2.125rem)]" : "max-h-dvh",
        )}
      >
        <Link href="/" className="rounded-md px-2 py-1">
          <Wordmark />
          <span className="mt-1.5 block truncate text-xs text-muted" title={installation.host}>
            {installation.host}
          </span>
        </Link>
        <CommandPalette viewer={viewer} />
        <div className="grow overflow-y-auto">
          <NavLinks viewer={viewer} />
        </div>
        {account}
      </div>
    </aside>
  );
}

function TopBar({ viewer, account }: { viewer: Viewer | null; account: ReactNode }) {
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-surface px-2 lg:hidden">
      <MobileNav viewer={viewer} />
      <Link href="/" className="flex grow items-center gap-2 rounded-md">
        <Mark className="size-6" />
        <span className="font-semibold tracking-tight">Countersign</span>
      </Link>
      <CommandPalette viewer={viewer} compact />
      {account}
    </header>
  );
}
