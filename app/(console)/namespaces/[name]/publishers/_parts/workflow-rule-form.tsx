"use client";

import { useState } from "react";
import { FormField } from "#components/admin/form-field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import type { GitHubActionsClaimsView, RulePrefillView } from "#lib/publishers/view.ts";
import { addWorkflowRuleAction } from "../actions.ts";
import { ClaimFields } from "./claim-fields.tsx";
import { MessageSignatures } from "./message-signatures.tsx";
import { RuleForm } from "./rule-form.tsx";
import { TriggerFields } from "./trigger-fields.tsx";

type Root = { slug: string; label: string; demo: boolean; issuers: string[] };
type WorkflowRuleFormProps = { namespace: string; roots: Root[]; prefill: RulePrefillView | null };

const noClaims: Partial<GitHubActionsClaimsView> = {};

/** Every claim of a GitHub Actions rule, each with what it is for. */
export function WorkflowRuleForm({ namespace, roots, prefill }: WorkflowRuleFormProps) {
  const claims = prefill?.claims ?? noClaims;
  return (
    <RuleForm action={addWorkflowRuleAction} kind="github-actions" namespace={namespace}>
      <FormField name="label" label="Label" hint="Shown to reviewers as the rule that matched.">
        <Input required maxLength={100} autoComplete="off" placeholder="Releases of weather" />
      </FormField>
      <TrustFields roots={roots} slug={prefill?.trustRootSlug} issuer={claims.issuer} />
      <ClaimFields claims={claims} />
      <TriggerFields triggers={claims.triggers ?? ["push", "release", "workflow_dispatch"]} />
      <FormField
        name="claims.runnerEnvironment"
        label="Runner"
        hint="Self-hosted runners keep state between jobs and are easier to take over."
      >
        <Select defaultValue={claims.runnerEnvironment ?? ""}>
          <option value="">Not compared</option>
          <option value="github-hosted">Only GitHub-hosted</option>
          <option value="self-hosted">Only self-hosted</option>
        </Select>
      </FormField>
      <FormField
        name="claims.deploymentEnvironment"
        label="Deployment environment"
        hint="With one, GitHub's own approvals for that environment stand before the signature. Empty: not compared."
      >
        <Input
          maxLength={255}
          defaultValue={claims.deploymentEnvironment ?? ""}
          autoComplete="off"
          placeholder="release"
        />
      </FormField>
      <MessageSignatures />
    </RuleForm>
  );
}

function TrustFields({ roots, slug, issuer }: { roots: Root[]; slug?: string; issuer?: string }) {
  const [chosen, setChosen] = useState(slug ?? roots[0]?.slug ?? "");
  const root = roots.find((other) => other.slug === chosen);
  const issuers = root?.issuers ?? [];
  const github = issuers.find((name) => name.includes("actions.githubusercontent"));
  return (
    <>
      <FormField
        name="trustRootSlug"
        label="Trust root"
        hint={root?.demo ? "A demo root: it proves nothing outside this instance." : "Whose certificates are believed."}
      >
        <Select required value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {roots.map(({ slug, label }) => (
            <option key={slug} value={slug}>
              {label}
            </option>
          ))}
        </Select>
      </FormField>
      <FormField
        name="claims.issuer"
        label="Issuer"
        hint="Who vouched for the workflow when the certificate was made. Only those this trust root may speak for."
      >
        <Select key={chosen} required defaultValue={issuer ?? github}>
          {issuers.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </FormField>
    </>
  );
}
