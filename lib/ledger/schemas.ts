import { z } from "zod";
import { LEDGER_ACTIONS } from "#lib/ledger/actions.ts";

const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const page = {
  /** Entries older than this number. */
  before: seq.nullish().transform((value) => value ?? null),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  namespace: z
    .string()
    .max(200)
    .nullish()
    .transform((value) => value || null),
};

export const ListLedgerInput = z.object({
  ...page,
  action: z
    .enum(LEDGER_ACTIONS)
    .nullish()
    .transform((value) => value ?? null),
});
export type ListLedgerInput = z.input<typeof ListLedgerInput>;

export const ListRefusalsInput = z.object(page);
export type ListRefusalsInput = z.input<typeof ListRefusalsInput>;

export const EntryInput = z.object({ seq });
export type EntryInput = z.input<typeof EntryInput>;
