import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listPeople } from "#lib/access/index.ts";
import { listNamespaces } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { InvitationTable } from "./_parts/invitation-table.tsx";
import { InviteDialog } from "./_parts/invite-dialog.tsx";
import { PeopleTable } from "./_parts/people-table.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const ctx = await pageCtx();
  const [{ people, invitations }, namespaces] = await loadPage("/people", () =>
    Promise.all([listPeople(ctx), listNamespaces(ctx)]),
  );
  return (
    <>
      <PageHeader
        title="People"
        description="Everybody who can sign in, and what they may do. The registry sends no mail: you pass links on."
        actions={<InviteDialog namespaces={namespaces.map(({ name }) => name)} />}
      />
      <div className="grid gap-6">
        <Card flush>
          <PeopleTable people={people} now={ctx.now()} />
        </Card>
        {invitations.length > 0 ? (
          <Card title="Open invitations" description="Links not used yet. Each works once." flush>
            <InvitationTable invitations={invitations} now={ctx.now()} />
          </Card>
        ) : null}
      </div>
    </>
  );
}
