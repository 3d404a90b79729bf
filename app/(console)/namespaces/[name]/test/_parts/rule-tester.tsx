"use client";

import { useState } from "react";
import { ActionForm } from "#components/admin/action-form.tsx";
import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { RuleTestView } from "#lib/publishers/view.ts";
import { testRulesAction } from "../../publishers/actions.ts";
import { RuleTestResult } from "./rule-test-result.tsx";

const fileLook = "h-auto py-1.5 file:mr-3 file:rounded-sm file:bg-sunken file:px-2 file:py-0.5 file:text-sm";

/** Two files in, what every rule says about them out. */
export function RuleTester({ namespace }: { namespace: string }) {
  const [result, setResult] = useState<RuleTestView | null>(null);
  return (
    <div className="grid gap-6">
      <ActionForm
        action={testRulesAction}
        values={{ namespace }}
        submit="Try it"
        prepare={() => setResult(null)}
        onDone={(view: RuleTestView) => setResult(view)}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField name="manifestBytes" label="Manifest" hint="server.json, exactly as signed; 128 KiB at most.">
            <Input type="file" required accept=".json,application/json" className={fileLook} />
          </FormField>
          <FormField name="bundleBytes" label="Bundle" hint="The Sigstore bundle over it; 128 KiB at most.">
            <Input type="file" required accept=".json,.sigstore,.bundle,application/json" className={fileLook} />
          </FormField>
        </div>
      </ActionForm>
      {result ? <RuleTestResult result={result} /> : null}
    </div>
  );
}
