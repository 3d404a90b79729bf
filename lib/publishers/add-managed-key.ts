import { requireFresh, requireOwner } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { addManagedKeySchema } from "#lib/publishers/schemas.ts";
import { countActivePeople, countLiveKeys, findNames, insertKey, lockNamespace } from "#lib/publishers/store.ts";
import { toKeyView } from "#lib/publishers/to-view.ts";
import type { ManagedKeyView } from "#lib/publishers/view.ts";
import { type ImportedKey, importManagedKey } from "#lib/signing/index.ts";

const maxKeys = 50;

/**
 * Registers a publisher's public key. By itself it lets nobody publish: that takes a rule, which is a loosening.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found`; `invalid-input` for a key of another kind or
 * controllers who are not active people; `conflict` when the key is registered already or the namespace has 50.
 */
export async function addManagedKey(ctx: Ctx, input: unknown): Promise<ManagedKeyView> {
  const { namespace: name, label, pem, notAfter, ...given } = parseInput(addManagedKeySchema, input);
  const actor = requireOwner(ctx, name);
  requireFresh(ctx);
  const { hint, spkiPem, algorithm } = readKey(pem);
  const controllerIds = [...new Set(given.controllerIds ?? [actor.personId])];
  const end = readEnd(notAfter ?? null, ctx.now());
  const row = await transact(async (tx) => {
    const namespace = await lockNamespace(tx, name);
    if (!namespace) throw new DomainError("not-found", "There is no such namespace.");
    await assertControllers(tx, controllerIds);
    if ((await countLiveKeys(tx, namespace.id)) >= maxKeys)
      throw new DomainError("conflict", `${maxKeys} keys are enough.`);
    const key = { hint, spkiPem, algorithm, label, controllerIds, notBefore: ctx.now(), notAfter: end };
    const added = await insertKey(tx, { namespaceId: namespace.id, ...key, createdById: actor.personId });
    if (!added) throw new DomainError("conflict", "This key is registered already; a key belongs to one namespace.");
    const details = {
      key: added.id,
      hint,
      algorithm,
      label,
      controllers: controllerIds,
      notAfter: end?.toISOString() ?? null,
    };
    await appendLedger(tx, ctx, { action: "key.add", subject: namespace.name, namespace: namespace.name, details });
    return added;
  });
  return toKeyView(row, await findNames(controllerIds));
}

function readKey(pem: string): ImportedKey {
  try {
    return importManagedKey(pem);
  } catch {
    const detail = "Paste a public key in PEM form: ECDSA P-256, or RSA of 3072 to 8192 bits. Never a private key.";
    throw new DomainError("invalid-input", detail, { fields: [{ pointer: "/pem", detail }] });
  }
}

function readEnd(text: string | null, now: Date): Date | null {
  if (text === null) return null;
  const end = new Date(text);
  if (end > now) return end;
  const detail = "The end must lie in the future.";
  throw new DomainError("invalid-input", detail, { fields: [{ pointer: "/notAfter", detail }] });
}

async function assertControllers(tx: Tx, ids: string[]): Promise<void> {
  if ((await countActivePeople(tx, ids)) === ids.length) return;
  const detail = "Not everyone named is an active person.";
  throw new DomainError("invalid-input", detail, { fields: [{ pointer: "/controllerIds", detail }] });
}
