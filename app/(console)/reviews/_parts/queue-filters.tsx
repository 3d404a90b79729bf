import Form from "next/form";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import type { ReviewQueueFilter } from "#lib/reviews/view.ts";
import { queuePath } from "./queue-path.ts";

const states: Record<ReviewQueueFilter["state"], string> = {
  pending: "Pending",
  approved: "Countersigned",
  expired: "Expired",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  revoked: "Revoked",
  all: "All",
};

const ages: [days: string, label: string][] = [
  ["", "Any"],
  ["1", "A day or older"],
  ["7", "A week or older"],
  ["30", "30 days or older"],
];

type QueueFiltersProps = { filter: ReviewQueueFilter; namespaces: string[]; publishers: string[] };

/** Filters as an ordinary form: the address says what is shown. */
export function QueueFilters({ filter, namespaces, publishers }: QueueFiltersProps) {
  return (
    <Form
      key={queuePath(filter)}
      action="/reviews"
      className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-[repeat(4,minmax(0,1fr))_auto] lg:items-end"
    >
      <Field label="State">
        <Select name="state" defaultValue={filter.state}>
          {Object.entries(states).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Choice label="Namespace" name="namespace" value={filter.namespace} options={namespaces} />
      <Choice label="Published by" name="publisher" value={filter.publisher} options={publishers} />
      <Field label="Received">
        <Select name="olderThanDays" defaultValue={String(filter.olderThanDays ?? "")}>
          {ages.map(([days, label]) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <div className="flex gap-2">
        <Button type="submit">Apply</Button>
        <Button asChild variant="ghost">
          <Link href="/reviews">Reset</Link>
        </Button>
      </div>
    </Form>
  );
}

function Choice({
  label,
  name,
  value,
  options,
}: {
  label: string;
  name: string;
  value: string | null;
  options: string[];
}) {
  const shown = value && !options.includes(value) ? [value, ...options] : options;
  return (
    <Field label={label}>
      <Select name={name} defaultValue={value ?? ""}>
        <option value="">Any</option>
        {shown.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    </Field>
  );
}
