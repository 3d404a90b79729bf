import { CopyButton } from "./copy-button.tsx";

/**
 * A command to copy, shown whole: nobody should run what they could not read. `command` must already be quoted by the
 * product's one shell-quoting function.
 */
export function CommandBlock({ command, label }: { command: string; label: string }) {
  return (
    <div className="flex min-w-0 items-start gap-1 rounded-md border border-line bg-sunken p-1 pl-3">
      <pre className="min-w-0 grow py-1.5 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
        <code>{command}</code>
      </pre>
      <CopyButton text={command} label={`Copy ${label}`} />
    </div>
  );
}
