import { ExternalLink as Icon } from "lucide-react";
import type { ReactNode } from "react";

/** A link out of the product. Anything but https is shown as plain text: the address may be a publisher's. */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }) {
  if (!href.startsWith("https://")) return <span>{children ?? href}</span>;
  return (
    <a
      href={href}
      rel="noreferrer noopener nofollow"
      target="_blank"
      className="inline-flex items-baseline gap-1 text-accent underline underline-offset-2 [overflow-wrap:anywhere] hover:text-accent-strong"
    >
      {children ?? href}
      <Icon aria-hidden="true" className="size-3 shrink-0 self-center" />
      <span className="sr-only">(opens another site)</span>
    </a>
  );
}
