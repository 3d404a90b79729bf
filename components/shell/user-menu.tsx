"use client";

import { ChevronsUpDown, Palette, UserRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import type { Viewer } from "./viewer.ts";

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
    >
      {initials(name)}
    </span>
  );
}

/** Account, appearance and sign-out of the person signed in. `compact` shows the initials alone. */
export function UserMenu({ viewer, signOut, compact }: { viewer: Viewer; signOut: ReactNode; compact?: boolean }) {
  return (
    <Menu
      trigger={
        <Button variant="ghost" className={compact ? "px-1.5" : "w-full justify-start px-2 text-left"}>
          <Avatar name={viewer.name} />
          {compact ? (
            <span className="sr-only">Account of {viewer.name}</span>
          ) : (
            <>
              <span className="min-w-0 grow">
                <span className="sr-only">Account of </span>
                <span className="block truncate text-sm text-ink">{viewer.name}</span>
              </span>
              <ChevronsUpDown aria-hidden="true" />
            </>
          )}
        </Button>
      }
    >
      <p className="max-w-64 truncate px-2.5 py-1.5 text-sm text-muted">{viewer.email}</p>
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden="true" /> Account
        </Link>
      </MenuItem>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      {signOut}
    </Menu>
  );
}

/** For readers who are not signed in: appearance, and the way in. */
export function GuestMenu() {
  return (
    <div className="flex items-center gap-1">
      <Button asChild variant="secondary" size="sm" className="grow">
        <Link href="/sign-in">Sign in</Link>
      </Button>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label="Appearance">
            <Palette aria-hidden="true" />
          </Button>
        }
      >
        <ThemeChoice />
      </Menu>
    </div>
  );
}
