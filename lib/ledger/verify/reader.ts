import {
  type CountersignatureRow,
  type LedgerRow,
  type RefusalRow,
  readCountersignaturesAfter,
  readHeads,
  readLedgerAfter,
  readRefusalsAfter,
} from "#lib/ledger/store.ts";
import type { ChainLink } from "#lib/ledger/verify/entry.ts";

/** Where the chains and the countersignatures that bear witness to them are read. */
export type ChainReader = {
  readHeads(): Promise<{ ledger: ChainLink | null; refusals: ChainLink | null }>;
  /** Oldest first, after `seq`: as many as `selectPortion` selects. */
  readLedgerAfter(seq: bigint, limit: number): Promise<LedgerRow[]>;
  readRefusalsAfter(seq: bigint, limit: number): Promise<RefusalRow[]>;
  /** By id, after `id`. */
  readCountersignaturesAfter(id: string | null, limit: number): Promise<CountersignatureRow[]>;
};

/** The database of this process. */
export const databaseReader: ChainReader = {
  readHeads,
  readLedgerAfter,
  readRefusalsAfter,
  readCountersignaturesAfter,
};
