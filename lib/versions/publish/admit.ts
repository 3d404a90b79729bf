import { isAdmin } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { Pin } from "#lib/manifest/view.ts";
import type { PublishPolicy } from "#lib/publishers/index.ts";
import { foldName, namespaceOf } from "#lib/versions/name.ts";
import { countPending, listServerNames } from "#lib/versions/store.ts";

/**
 * A new server name must not be one that people take for another: its namespace is spelled as it was made; never when
 * only case differs; when only separators differ, an administrator may upload the first version and so confirm it. Call
 * under the namespace's lock.
 * @throws DomainError `name-taken`
 */
export async function assertNameFree(tx: Tx, ctx: Ctx, { namespace }: PublishPolicy, name: string): Promise<void> {
  if (namespaceOf(name) !== namespace.name) {
    throw new DomainError("name-taken", `The namespace is spelled ${namespace.name}.`);
  }
  const twin = (await listServerNames(tx, namespace.id)).find((other) => foldName(other) === foldName(name));
  if (twin === undefined) return;
  if (twin.toLowerCase() === name.toLowerCase()) {
    throw new DomainError("name-taken", `The name differs from ${twin} only in upper and lower case.`);
  }
  if (isAdmin(ctx.actor)) return;
  throw new DomainError(
    "name-taken",
    `The name can be mistaken for ${twin}. An administrator can upload its first version to confirm it.`,
  );
}

/** @throws DomainError `pending-limit`. Call under the namespace's lock. */
export async function assertPendingRoom(tx: Tx, { namespace }: PublishPolicy): Promise<void> {
  if ((await countPending(tx, namespace.id)) < namespace.maxPending) return;
  throw new DomainError(
    "pending-limit",
    `${namespace.maxPending} versions of this namespace are waiting for review: wait for decisions or withdraw some.`,
  );
}

/** @throws DomainError `unpinned-refused`, naming every package that is not pinned. */
export function assertPinned(policy: PublishPolicy, pins: readonly Pin[]): void {
  if (policy.namespace.unpinned === "allow") return;
  const loose = pins.filter((pin) => pin.status === "unpinned");
  if (loose.length === 0) return;
  const fields = loose.map((pin) => ({ pointer: `/packages/${pin.package}`, detail: pin.reason, code: "unpinned" }));
  throw new DomainError("unpinned-refused", "This namespace takes only pinned packages.", { fields });
}
