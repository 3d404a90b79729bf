import { CopyButton } from "../ui/copy-button.tsx";
import { Time } from "../ui/time.tsx";

/** A secret that leaves the registry only now: to be copied, never to be seen again. */
export function ShownOnce({
  secret,
  label,
  expiresAt,
  children,
}: {
  secret: string;
  /** What it is: "link", "token". */
  label: string;
  /** When it ends by itself, where it does. */
  expiresAt?: string;
  children?: React.ReactNode;
}) {
  return (
    <div role="status" className="grid gap-3">
      {children}
      <div className="flex items-start gap-2 rounded-md border border-line-strong bg-sunken py-2 pr-1.5 pl-3">
        <code className="min-w-0 grow self-center font-mono text-sm [overflow-wrap:anywhere] select-all">{secret}</code>
        <CopyButton text={secret} label={`Copy ${label}`} />
      </div>
      <p className="text-sm text-muted">
        Shown this once: only its fingerprint is kept.
        {expiresAt ? (
          <>
            {" "}
            Valid until <Time at={expiresAt} absolute />.
          </>
        ) : null}
      </p>
    </div>
  );
}
