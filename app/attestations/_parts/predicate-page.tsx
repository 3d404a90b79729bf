import type { ReactNode } from "react";
import { Card } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";

export type PredicateField = { name: string; type: string; meaning: string };

/** Describes one predicate type. `type` is the identifier as it stands in signed statements. */
export function PredicatePage({
  title,
  type,
  says,
  subject,
  signedBy,
  fields,
  children,
}: {
  title: string;
  type: string;
  says: string;
  subject: string;
  signedBy: string;
  fields: PredicateField[];
  children?: ReactNode;
}) {
  return (
    <>
      <PageHeader title={title} description={says} />
      <div className="grid gap-4">
        <Card title="Identity">
          <Facts>
            <Fact label="Predicate type">
              <Digest value={type} label="predicate type" />
            </Fact>
            <Fact label="Statement">in-toto Statement v1 in a DSSE envelope, as a Sigstore bundle</Fact>
            <Fact label="Subject">{subject}</Fact>
            <Fact label="Signed by">{signedBy}</Fact>
          </Facts>
        </Card>
        <Card title="Predicate" description="Every field is required and no other is allowed." flush>
          <Table caption="Fields" head={["Field", "Type", "Meaning"]}>
            {fields.map((field) => (
              <Row key={field.name}>
                <Cell label="Field">
                  <code className="font-mono text-sm">{field.name}</code>
                </Cell>
                <Cell label="Type" className="text-muted">
                  {field.type}
                </Cell>
                <Cell label="Meaning" className="sm:min-w-80">
                  {field.meaning}
                </Cell>
              </Row>
            ))}
          </Table>
        </Card>
        {children}
      </div>
    </>
  );
}
