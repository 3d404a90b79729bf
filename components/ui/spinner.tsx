import { LoaderCircle } from "lucide-react";
import { cn } from "./cn.ts";

/** Decorative: the element that waits says so itself (`aria-busy`). */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden="true" className={cn("size-4 animate-spin", className)} />;
}
