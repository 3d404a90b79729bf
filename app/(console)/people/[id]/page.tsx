import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { listPeople } from "#lib/access/index.ts";
import { listNamespaces } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { PersonState } from "../_parts/person-state.tsx";
import { AccessCard } from "./_parts/access-card.tsx";
import { GrantsForm } from "./_parts/grants-form.tsx";
import { PersonFacts } from "./_parts/person-facts.tsx";

export const metadata: Metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageCtx();
  const { id } = await params;
  const [{ people }, namespaces] = await loadPage(`/people/${id}`, () =>
    Promise.all([listPeople(ctx), listNamespaces(ctx)]),
  );
  const person = people.find((other) => other.id === id);
  if (!person) notFound();
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/people", label: "People" }]}
        title={<VisibleText text={person.name} />}
        description={person.email}
        actions={<PersonState state={person.state} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card title="What they may do" description="Changes count from the person's next request.">
          <GrantsForm id={id} grants={person.grants} namespaces={namespaces.map(({ name }) => name)} />
        </Card>
        <div className="grid gap-6">
          <Card title="Account">
            <PersonFacts person={person} now={ctx.now()} />
          </Card>
          <AccessCard person={person} />
        </div>
      </div>
    </>
  );
}
