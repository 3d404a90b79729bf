import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Cell, Row, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { SessionView } from "#lib/access/view.ts";
import { endSessionAction } from "../actions.ts";
import { describeAgent } from "./describe-agent.ts";

/** Open sessions of the reader, the present one marked. */
export function SessionList({ sessions, now }: { sessions: SessionView[]; now: Date }) {
  const act = <span className="sr-only">Actions</span>;
  return (
    <>
      <Table caption="Sessions" head={["Session", "Address", "Signed in", "Last used", "Ends", act]}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} now={now} />
        ))}
      </Table>
      {sessions.some((session) => !session.current) ? (
        <div className="border-t border-line px-4 py-3 sm:px-5">
          <ConfirmAction
            trigger="End all other sessions"
            title="End all other sessions?"
            description="Every browser and command line but this one has to sign in again. API tokens go on."
            confirm="End them"
            danger
            action={endSessionAction}
            values={{ session: "others" }}
            done="Your other sessions have ended"
          />
        </div>
      ) : null}
    </>
  );
}

function SessionRow({ session, now }: { session: SessionView; now: Date }) {
  const name = session.kind === "api" ? "API session" : describeAgent(session.userAgent);
  return (
    <Row>
      <Cell>
        <span className="flex flex-wrap items-center gap-2" title={session.userAgent ?? undefined}>
          <VisibleText text={name} className="font-medium" />
          {session.current ? <Badge tone="info">This one</Badge> : null}
        </span>
      </Cell>
      <Cell label="Address">{session.address ?? "unknown"}</Cell>
      <Cell label="Signed in">
        <Time at={session.createdAt} now={now} />
      </Cell>
      <Cell label="Last used">
        <Time at={session.lastSeenAt} now={now} />
      </Cell>
      <Cell label="Ends">
        <Time at={session.expiresAt} now={now} />
      </Cell>
      <Cell className="sm:text-right">
        {session.current ? null : (
          <ConfirmAction
            trigger="End"
            triggerLabel={`End the session of ${name} from ${session.address ?? "an unknown address"}`}
            title="End this session?"
            description={`${name}, from ${session.address ?? "an unknown address"}, has to sign in again.`}
            confirm="End session"
            danger
            action={endSessionAction}
            values={{ session: session.id }}
            done="Session ended"
          />
        )}
      </Cell>
    </Row>
  );
}
