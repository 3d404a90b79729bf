"use client";

import { Menu as MenuIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { NavLinks } from "./nav-links.tsx";
import type { Viewer } from "./viewer.ts";

/** The navigation on narrow screens: a dialog that closes when something is chosen. */
export function MobileNav({ viewer }: { viewer: Viewer | null }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Go to"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" size="icon" aria-label="Open navigation" className="size-10">
          <MenuIcon aria-hidden="true" />
        </Button>
      }
    >
      <NavLinks viewer={viewer} onNavigate={() => setOpen(false)} />
    </Dialog>
  );
}
