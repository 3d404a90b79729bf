import { Check, X } from "lucide-react";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { RuleCheckView } from "#lib/publishers/view.ts";

/** What one rule compared, and what differed. */
export function RuleChecks({ label, checks }: { label: string; checks: RuleCheckView[] }) {
  return (
    <Table caption={`Comparison with ${label}`} head={["Claim", "Rule asks", "Upload has", "Same"]}>
      {checks.map((check) => (
        <Row key={check.claim}>
          <Cell label="Claim" className="font-medium">
            {check.claim}
          </Cell>
          <Cell label="Rule asks">
            <VisibleText text={check.expected} className="font-mono text-sm" />
          </Cell>
          <Cell label="Upload has">
            <VisibleText text={check.actual} className="font-mono text-sm" />
          </Cell>
          <Cell label="Same">
            {check.ok ? (
              <span className="inline-flex items-center gap-1 text-approved">
                <Check aria-hidden="true" className="size-4" /> yes
              </span>
            ) : (
              <span className="inline-flex items-center gap-1 font-medium text-revoked">
                <X aria-hidden="true" className="size-4" /> no
              </span>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
