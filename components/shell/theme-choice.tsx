"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { MenuLabel, MenuRadioGroup, MenuRadioItem } from "../ui/menu.tsx";

/** Menu entries that choose the theme. Only inside a `Menu`. */
export function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  return (
    <MenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
      <MenuLabel>Appearance</MenuLabel>
      <MenuRadioItem value="system">
        <Monitor aria-hidden="true" /> System
      </MenuRadioItem>
      <MenuRadioItem value="light">
        <Sun aria-hidden="true" /> Light
      </MenuRadioItem>
      <MenuRadioItem value="dark">
        <Moon aria-hidden="true" /> Dark
      </MenuRadioItem>
    </MenuRadioGroup>
  );
}
