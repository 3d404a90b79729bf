import { cn } from "../ui/cn.ts";

/** The product's mark: a publisher's stroke, and the reviewer's stroke that crosses and completes it. Decorative. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" fill="none" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7.5 20.5 18.5 8" className="stroke-on-accent/55" />
        <path d="m10 15.5 5.2 6.8L24.5 11" strokeWidth="6.4" className="stroke-accent" />
        <path d="m10 15.5 5.2 6.8L24.5 11" className="stroke-on-accent" />
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
