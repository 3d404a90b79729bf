import { cn } from "../ui/cn.ts";

/** The product's mark: an open seal, and the reviewer's stroke that completes it. Decorative. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" fill="none" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g strokeWidth="2.9" strokeLinecap="round" strokeLinejoin="round">
        <path d="M18.5 9.3A8.3 8.3 0 1 0 21.1 21.7" className="stroke-on-accent/60" />
        <path d="m11 15.6 4 4.6L25.4 8.6" strokeWidth="6" className="stroke-accent" />
        <path d="m11 15.6 4 4.6L25.4 8.6" className="stroke-on-accent" />
      </g>
    </svg>
  );
}

/** Mark and name together. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <Mark />
      <span className="text-md font-semibold tracking-tight">Countersign</span>
    </span>
  );
}
