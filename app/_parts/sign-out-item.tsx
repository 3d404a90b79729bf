"use client";

import { LogOut } from "lucide-react";
import { MenuItem } from "#components/ui/menu.tsx";
import { signOut } from "#lib/session/client.ts";

/** Ends the session, then loads the sign-in page anew, so that nothing of the session stays in memory. */
export function SignOutItem() {
  const leave = () => signOut().finally(() => window.location.assign("/sign-in"));
  return (
    <MenuItem onSelect={leave}>
      <LogOut aria-hidden="true" /> Sign out
    </MenuItem>
  );
}
