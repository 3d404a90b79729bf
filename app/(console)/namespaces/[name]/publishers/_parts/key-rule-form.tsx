"use client";

import { KeyRound } from "lucide-react";
import { FormField } from "#components/admin/form-field.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import { addKeyRuleAction } from "../actions.ts";
import { BackToPublishers } from "./back-to-publishers.tsx";
import { MessageSignatures } from "./message-signatures.tsx";
import { RuleForm } from "./rule-form.tsx";

type KeyRuleFormProps = { namespace: string; keys: { id: string; label: string; hint: string }[]; chosen: string };

export function KeyRuleForm({ namespace, keys, chosen }: KeyRuleFormProps) {
  if (keys.length === 0) {
    return (
      <Card>
        <EmptyState icon={KeyRound} title="This namespace has no key">
          Add the publisher's public key first.
          <BackToPublishers namespace={namespace} />
        </EmptyState>
      </Card>
    );
  }
  return (
    <RuleForm action={addKeyRuleAction} kind="key" namespace={namespace}>
      <FormField name="label" label="Label" hint="Shown to reviewers as the rule that matched.">
        <Input required maxLength={100} autoComplete="off" />
      </FormField>
      <FormField name="managedKeyId" label="Key">
        <Select required defaultValue={chosen}>
          <option value="" disabled>
            Choose a key
          </option>
          {keys.map(({ id, label, hint }) => (
            <option key={id} value={id}>
              {label} ({hint})
            </option>
          ))}
        </Select>
      </FormField>
      <MessageSignatures />
    </RuleForm>
  );
}
