"use client";

import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import type { EventSearch } from "./read-search.ts";

/** Filters as a plain GET form: the address says what is shown, and it works before any script runs. */
export function EventFilter({ actions, filter }: { actions?: readonly string[]; filter: EventSearch }) {
  return (
    <form method="get" className="mb-4 flex flex-wrap items-end gap-3">
      {actions ? (
        <Field label="What" className="min-w-60 grow sm:grow-0">
          <Select name="action" defaultValue={filter.action ?? ""}>
            <option value="">Every kind of event</option>
            {actions.map((action) => (
              <option key={action}>{action}</option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Field label="Namespace" className="min-w-60 grow sm:grow-0">
        <Input name="namespace" defaultValue={filter.namespace ?? ""} placeholder="io.github.acme" maxLength={200} />
      </Field>
      <Button type="submit">Filter</Button>
    </form>
  );
}
