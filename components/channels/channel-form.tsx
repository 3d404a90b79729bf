"use client";

import { type ReactNode, useState } from "react";
import type { ChannelAudience, ChannelPreviewView, ChannelView, Selection } from "#lib/channels/view.ts";
import { ActionForm } from "../admin/action-form.tsx";
import { FormField } from "../admin/form-field.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { usePreview } from "../session/use-preview.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Input } from "../ui/input.tsx";
import type { ProblemShown } from "../ui/problem-notice.tsx";
import { AudienceField } from "./audience-field.tsx";
import { PreviewCard } from "./preview-card.tsx";
import { toRowErrors } from "./row-errors.ts";
import { toDraft, toSelection } from "./selection-draft.ts";
import { reachName, SelectionField, type Suggestions } from "./selection-field.tsx";

/** A slug that no channel can have: a preview under it compares with nothing. */
const noSlug = "-";
const everything: Selection = { include: [{ namespace: "*" }], exclude: [] };

type ChannelFormProps<View> = {
  action: ServerAction<View>;
  preview: ServerAction<ChannelPreviewView>;
  /** The channel as it was read; null for a new one. */
  channel: ChannelView | null;
  offered: ChannelAudience[];
  suggestions: Suggestions;
  /** The installation answers no anonymous reader. */
  closed: boolean;
  submit: string;
  onDone: (view: View) => void;
  explain?: (problem: ProblemShown) => ReactNode;
};

/** Everything about a channel, with what its selection would change shown before it is saved. */
export function ChannelForm<View>({ channel, suggestions, closed, offered, preview, ...form }: ChannelFormProps<View>) {
  const [draft, setDraft] = useState(() => toDraft(channel?.selection ?? everything));
  const [audience, setAudience] = useState<ChannelAudience>(channel?.audience ?? offered[0] ?? "anonymous");
  const slug = channel?.slug ?? noSlug;
  const compared = usePreview(preview, draft, (written) => ({ slug, selection: toSelection(written) }));
  const errors = toRowErrors(compared.problem, compared.about);
  const values: Record<string, string> = channel ? { slug: channel.slug, edition: String(channel.edition) } : {};
  return (
    <ActionForm {...form} values={values} prepare={(input) => input.delete(reachName)}>
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 content-start gap-6 rounded-lg border border-line bg-surface px-4 py-5 sm:px-5">
          <FormField name="label" label="Label" hint="What people read in lists and in the audit.">
            <Input required maxLength={80} defaultValue={channel?.label} placeholder="Partners" autoComplete="off" />
          </FormField>
          {channel ? null : <SlugField />}
          <AudienceField
            audience={audience}
            offered={offered}
            before={channel?.audience ?? null}
            openToPeople={channel?.openToPeople ?? true}
            closed={closed}
            onChange={setAudience}
          />
          <SelectionField draft={draft} onChange={setDraft} suggestions={suggestions} errors={errors.rows} />
          <Checkbox
            name="serveV0"
            defaultChecked={channel?.serveV0}
            label="Answer at /v0 as well"
            hint="The same content for clients that know nothing newer, such as Docker's gateway. GitHub asks registries for Copilot not to."
          />
        </div>
        <div className="min-w-0 xl:sticky xl:top-6 xl:self-start">
          <PreviewCard {...compared} existing={channel !== null} toldAtRows={errors.complete} />
        </div>
      </div>
    </ActionForm>
  );
}

function SlugField() {
  return (
    <FormField
      name="slug"
      label="Name in the address"
      hint="The channel answers at /c/ and this name. It can never be changed or used again."
    >
      <Input
        required
        maxLength={40}
        pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
        title="Lower-case letters, digits and hyphens"
        placeholder="partners"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="font-mono text-sm"
      />
    </FormField>
  );
}
