import { Membership } from "#components/servers/membership.tsx";
import { TagsDialog } from "#components/servers/tags-dialog.tsx";
import { isAdmin, isAuditor } from "#lib/access/index.ts";
import type { ServerChannelsView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { previewTagsAction, tagServerAction } from "./actions.ts";

/** Which channels show the server, and its tags, for people signed in; administrators change the tags. */
export function MembershipRow({ membership, ctx }: { membership: ServerChannelsView; ctx: Ctx }) {
  const { name, tags } = membership;
  const edit = isAdmin(ctx.actor) ? (
    <TagsDialog name={name} tags={tags} action={tagServerAction} preview={previewTagsAction} />
  ) : null;
  return <Membership membership={membership} mayOpen={isAuditor(ctx.actor)} edit={edit} />;
}
