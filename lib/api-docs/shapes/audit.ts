import { z } from "zod";
import { count, hash, maybeText, shapeOf, text, time } from "#lib/api-docs/shapes/shape-of.ts";
import type * as ledger from "#lib/ledger/view.ts";

const entry = {
  seq: count,
  at: time,
  subject: text,
  namespace: maybeText,
  sha256: hash,
  prevSha256: hash,
  body: text.describe("The exact bytes, as text: their SHA-256 is `sha256`."),
};
export const Event = shapeOf<ledger.LedgerEntryView>()(z.strictObject({ ...entry, action: text, actor: text }));
export const Refusal = shapeOf<ledger.RefusalEntryView>()(z.strictObject({ ...entry, kind: text }));

const next = count.nullable().describe("Pass as `before` for the next page.");
export const Events = shapeOf<ledger.LedgerPageView<ledger.LedgerEntryView>>()(
  z.strictObject({ items: z.array(Event), next }),
);
export const Refusals = shapeOf<ledger.LedgerPageView<ledger.RefusalEntryView>>()(
  z.strictObject({ items: z.array(Refusal), next }),
);

export const ChainState = shapeOf<ledger.ChainStateView>()(
  z.strictObject({
    chain: z.enum(["ledger", "refusals"]),
    entries: count,
    head: z.strictObject({ seq: count, sha256: text, at: text }),
    intact: z.boolean(),
    broken: z.strictObject({ seq: count, reason: text }).nullable().describe("The first broken event."),
    auditHeadsChecked: count,
  }),
);
export const ChainStates = z.strictObject({ chains: z.array(ChainState) });
