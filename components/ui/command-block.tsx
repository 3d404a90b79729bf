import { CopyButton } from "./copy-button.tsx";

/** A command to copy. `command` must already be quoted by the product's one shell-quoting function. */
export function CommandBlock({ command, label }: { command: string; label: string }) {
  return (
    <div className="relative min-w-0 rounded-md border border-line bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="overflow-x-auto py-2.5 pr-12 pl-3 font-mono text-sm">
        <code>{command}</code>
      </pre>
      <CopyButton text={command} label={`Copy ${label}`} className="absolute top-1 right-1 bg-sunken" />
    </div>
  );
}
