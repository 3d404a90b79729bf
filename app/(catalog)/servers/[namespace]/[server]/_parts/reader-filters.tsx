import Form from "next/form";
import Link from "next/link";
import { serverPath } from "#components/servers/server-path.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import type { ReadersView } from "#lib/channels/view.ts";
import type { ServerPage } from "./load-server.ts";
import { type ReadersShown, toReadersPath } from "./readers-query.ts";
import { toTabPath } from "./server-tabs.tsx";

const kinds = { token: "Tokens", secret: "Secret addresses", anonymous: "Anonymous" };

type ReaderFiltersProps = { page: ServerPage; channels: ReadersView["channels"]; shown: ReadersShown };

/** Filters as an ordinary form: the address says what is shown. */
export function ReaderFilters({ page, channels, shown }: ReaderFiltersProps) {
  const { channel, kind } = shown;
  const known = channels.some(({ slug }) => slug === channel);
  const listed = channel === null || known ? channels : [{ slug: channel, label: channel }, ...channels];
  return (
    <Form
      key={toReadersPath(page, { ...shown, page: 1 })}
      action={serverPath(page.name)}
      className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-[minmax(0,16rem)_minmax(0,16rem)_auto] sm:items-end"
    >
      <input type="hidden" name="version" value={page.version} />
      <input type="hidden" name="tab" value="readers" />
      <Field label="Channel">
        <Select name="channel" defaultValue={channel ?? ""}>
          <option value="">Any</option>
          {listed.map(({ slug, label }) => (
            <option key={slug} value={slug}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Read by">
        <Select name="kind" defaultValue={kind ?? ""}>
          <option value="">Anybody</option>
          {Object.entries(kinds).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <div className="flex gap-2">
        <Button type="submit">Apply</Button>
        <Button asChild variant="ghost">
          <Link href={toTabPath(page, "readers")}>Reset</Link>
        </Button>
      </div>
    </Form>
  );
}
