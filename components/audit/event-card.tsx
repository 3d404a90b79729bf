import type { LedgerEntryView, RefusalEntryView } from "#lib/ledger/view.ts";
import { Card } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { flattenBody } from "./flatten.ts";

/** Every fact of an event as its bytes state it, under the names they have there. */
export function EventFacts({ body }: { body: string }) {
  const facts = flattenBody(body);
  return (
    <Card title="Facts" description="Everything the event states, by its name in the bytes.">
      {facts.length === 0 ? <p className="text-muted">These bytes are not an event.</p> : null}
      <dl className="grid gap-y-2">
        {facts.map(({ path, value }) => (
          <div key={path} className="grid gap-x-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
            <dt className="font-mono text-sm text-muted [overflow-wrap:anywhere]">
              <VisibleText text={path} />
            </dt>
            <dd className="min-w-0">
              <VisibleText text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** The bytes that were hashed, to be checked by anyone. */
export function EventBytes({ entry }: { entry: LedgerEntryView | RefusalEntryView }) {
  return (
    <Card
      title="Exact bytes"
      description="UTF-8. Their SHA-256 is the digest above."
      actions={<CopyButton text={entry.body} label="Copy bytes" />}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-96 overflow-auto font-mono text-sm whitespace-pre-wrap">
        <VisibleText text={entry.body} />
      </pre>
    </Card>
  );
}
