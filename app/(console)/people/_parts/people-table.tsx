import Link from "next/link";
import { GrantList } from "#components/admin/grant-list.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { PersonView } from "#lib/access/view.ts";
import { PersonState } from "./person-state.tsx";

/** Everybody with an account; each name leads to what can be done about them. */
export function PeopleTable({ people, now }: { people: PersonView[]; now: Date }) {
  return (
    <Table caption="People" head={["Name", "Roles", "Second factor", "Last seen", "State"]}>
      {people.map((person) => (
        <Row key={person.id}>
          <Cell>
            <span className="grid min-w-0">
              <Link href={`/people/${person.id}`} className="font-medium text-accent hover:underline">
                <VisibleText text={person.name} />
              </Link>
              <span className="text-sm text-muted [overflow-wrap:anywhere]">{person.email}</span>
            </span>
          </Cell>
          <Cell label="Roles">
            <GrantList grants={person.grants} inTable />
          </Cell>
          <Cell label="Second factor">
            {person.totp ? <Badge tone="approved">Authenticator</Badge> : <span className="text-muted">Off</span>}
          </Cell>
          <Cell label="Last seen">
            {person.lastSeenAt ? <Time at={person.lastSeenAt} now={now} /> : <span className="text-muted">Never</span>}
          </Cell>
          <Cell label="State">
            <PersonState state={person.state} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
