"use client";

import { type ReactNode, useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { ChangeOutcome } from "#components/admin/change-outcome.tsx";
import type { ServerAction } from "#components/session/action-state.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Card } from "#components/ui/card.tsx";
import type { ChangeOutcomeView } from "#lib/namespaces/view.ts";
import { BackToPublishers } from "./back-to-publishers.tsx";

type RuleFormProps = {
  action: ServerAction<ChangeOutcomeView>;
  kind: "key" | "github-actions";
  namespace: string;
  children: ReactNode;
};

/** What every new rule has in common: what happens when it is added, and what became of it. */
export function RuleForm({ action, kind, namespace, children }: RuleFormProps) {
  const [outcome, setOutcome] = useState<ChangeOutcomeView | null>(null);
  if (outcome) {
    return (
      <Card>
        <ChangeOutcome outcome={outcome} done="The rule is in force" />
        <BackToPublishers namespace={namespace} />
      </Card>
    );
  }
  return (
    <Card>
      <ActionForm
        action={action}
        values={{ namespace, kind }}
        submit="Add rule"
        onDone={(next: ChangeOutcomeView) => setOutcome(next)}
      >
        {children}
        <Banner tone="info" title="A new rule lets somebody in">
          So it waits for another administrator, or, where there is only one, for a delay. Before the registry has
          approved anything it takes effect at once. Its content never changes: to edit, retire it and add another.
        </Banner>
      </ActionForm>
    </Card>
  );
}
