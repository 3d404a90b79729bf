import { requireFreshAdmin } from "#lib/access/index.ts";
import { toChannelAddress } from "#lib/channels/address.ts";
import { loadChannel } from "#lib/channels/get-channel.ts";
import { type IssuedSecret, issueIfCapability } from "#lib/channels/issue-secret.ts";
import { createChannelSchema } from "#lib/channels/schemas.ts";
import { toSelectionFacts } from "#lib/channels/selection-facts.ts";
import { countChannels, insertChannel, type NewChannel } from "#lib/channels/store/channels.ts";
import type { CreatedChannelView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

/** Readers keep every channel in memory. */
const maxChannels = 200;

/**
 * Makes a channel, which answers at once. Its slug is part of its address and is never given again.
 * @returns the view with the address clients use; of a capability channel it is shown this once.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `name-taken`; `conflict` when there are
 * 200 already.
 */
export async function createChannel(ctx: Ctx, input: unknown): Promise<CreatedChannelView> {
  const admin = requireFreshAdmin(ctx);
  const request = parseInput(createChannelSchema, input);
  const createdAt = ctx.now();
  const issued = await transact(async (tx) => {
    const id = await insert(tx, { ...request, createdById: admin.personId, createdAt });
    const secret = await issueIfCapability(tx, { id, audience: request.audience }, admin, createdAt);
    const details = { channel: id, ...toDetails(request), ...(secret && { secret: secret.id, prefix: secret.prefix }) };
    await appendLedger(tx, ctx, { action: "channel.create", subject: request.slug, details });
    return secret;
  });
  const view = await loadChannel(ctx, request.slug);
  return { ...view, address: toAddress(ctx, request, issued) };
}

async function insert(tx: Tx, channel: NewChannel): Promise<string> {
  const id = await insertChannel(tx, channel);
  if (id === null) throw new DomainError("name-taken", "There is a channel of this name already.");
  if ((await countChannels(tx)) > maxChannels) {
    throw new DomainError("conflict", `There are ${maxChannels} channels already: change one that is not used.`);
  }
  return id;
}

function toDetails({
  label,
  audience,
  selection,
  serveV0,
  openToPeople,
}: Omit<NewChannel, "createdById" | "createdAt">) {
  return { label, audience, selection: toSelectionFacts(selection), serveV0, openToPeople };
}

function toAddress(ctx: Ctx, channel: Pick<NewChannel, "slug" | "audience">, issued: IssuedSecret | null): string {
  const address = toChannelAddress(ctx.registryId, channel, issued?.secret);
  if (address === null) throw new Error("A capability channel was made without a secret.");
  return address;
}
