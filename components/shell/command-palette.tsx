"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { areasOf } from "./areas.ts";
import type { Viewer } from "./viewer.ts";

const itemLook =
  "flex items-center gap-2.5 rounded-md px-2.5 py-2 text-base data-[selected=true]:bg-accent-soft [&_svg]:size-4 [&_svg]:text-muted";

/** Opens with Ctrl+K or ⌘K. Only navigates: it knows the areas and the public catalogue's search, no names. */
export function CommandPalette({ viewer, compact }: { viewer: Viewer | null; compact?: boolean }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    if (compact) return;
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [compact]);
  return (
    <Dialog title="Go to" open={open} onOpenChange={setOpen} trigger={<PaletteTrigger compact={compact} />}>
      <Palette viewer={viewer} close={() => setOpen(false)} />
    </Dialog>
  );
}

function PaletteTrigger({ compact, ...props }: { compact?: boolean }) {
  if (compact)
    return (
      <Button variant="ghost" size="icon" aria-label="Go to" className="size-10" {...props}>
        <Search aria-hidden="true" />
      </Button>
    );
  return (
    <Button size="sm" className="w-full justify-start border-line font-normal text-muted" {...props}>
      <Search aria-hidden="true" />
      <span className="grow text-left">Go to…</span>
      <Kbd>Ctrl K</Kbd>
    </Button>
  );
}

function Palette({ viewer, close }: { viewer: Viewer | null; close: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const go = (href: string) => {
    close();
    router.push(href);
  };
  return (
    <Command label="Go to" loop className="grid gap-3">
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="An area, or a server to search for"
        className="h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-base placeholder:text-faint"
      />
      <Command.List className="max-h-80 overflow-y-auto">
        {areasOf(viewer).map(({ href, label, icon: Icon }) => (
          <Command.Item key={href} value={label} onSelect={() => go(href)} className={itemLook}>
            <Icon aria-hidden="true" /> {label}
          </Command.Item>
        ))}
        {text.trim() ? (
          <Command.Item
            forceMount
            value={`search ${text}`}
            onSelect={() => go(`/?search=${encodeURIComponent(text.trim())}`)}
            className={itemLook}
          >
            <Search aria-hidden="true" /> Search the catalogue for “{text.trim()}”
          </Command.Item>
        ) : null}
      </Command.List>
    </Command>
  );
}
