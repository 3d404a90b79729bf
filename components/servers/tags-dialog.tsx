"use client";

import { Tag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { TagPreviewView } from "#lib/channels/view.ts";
import { ActionForm } from "../admin/action-form.tsx";
import { FormField } from "../admin/form-field.tsx";
import type { ServerAction } from "../session/action-state.ts";
import { usePreview } from "../session/use-preview.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/input.tsx";
import { toast } from "../ui/toast-store.ts";
import { TagsPreview } from "./tags-preview.tsx";

type TagsDialogProps = {
  name: string;
  tags: string[];
  action: ServerAction;
  preview: ServerAction<TagPreviewView>;
};

/** Sets the tags of a whole server, and says before it does which channels that moves the server into and out of. */
export function TagsDialog(props: TagsDialogProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const finish = () => {
    setOpen(false);
    toast({ tone: "approved", title: "Tags saved" });
    router.refresh();
  };
  const trigger = (
    <Button variant="ghost" size="sm" className="h-6 px-1.5">
      <Tag aria-hidden="true" /> Edit tags…
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title="Tags of this server"
      description="Channels that select by tag show or drop the whole server within a second."
    >
      <TagsForm {...props} onDone={finish} />
    </Dialog>
  );
}

function TagsForm({ name, tags, action, preview, onDone }: TagsDialogProps & { onDone: () => void }) {
  const [written, setWritten] = useState(() => tags.join(" "));
  const compared = usePreview(preview, written, (text) => ({ name, tags: text }));
  return (
    <ActionForm action={action} values={{ name }} submit="Save tags" onDone={onDone} inDialog>
      <FormField
        name="tags"
        label="Tags"
        hint="Separated by spaces; lower-case letters, digits and hyphens. Empty takes all away."
      >
        <Input
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          maxLength={900}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono text-sm"
        />
      </FormField>
      <TagsPreview {...compared} />
    </ActionForm>
  );
}
