import { db } from "#lib/db/client.ts";

type Entry = { seq: bigint; sha256: string; action: string; subject: string };

/** A verb that was told it succeeded must have left this entry. */
export type Acknowledged = { action: string; subject: string };

/** Looks at the ledger between the steps of a schedule. */
export class LedgerWatch {
  #known: Entry[] = [];

  /** What is there now is what the next look compares with: in the beginning, and after the database was replaced. */
  async begin(): Promise<void> {
    this.#known = await readEntries();
  }

  /**
   * @param acknowledged since the look before.
   * @throws Error when an entry changed, vanished, moved or left a gap, or one that was acknowledged is not there.
   */
  async look(acknowledged: readonly Acknowledged[]): Promise<void> {
    const entries = await readEntries();
    for (const [at, { seq }] of entries.entries()) {
      if (seq !== BigInt(at + 1)) throw new Error(`entry ${seq} is in place ${at + 1}`);
    }
    for (const [at, { sha256 }] of this.#known.entries()) {
      if (entries[at]?.sha256 !== sha256) throw new Error(`entry ${at + 1} is not what it was`);
    }
    for (const { action, subject } of acknowledged) {
      if (entries.some((entry) => entry.action === action && entry.subject === subject)) continue;
      throw new Error(`${action} of ${subject} was acknowledged and is not in the ledger`);
    }
    this.#known = entries;
  }
}

async function readEntries(): Promise<Entry[]> {
  const select = { seq: true, sha256: true, action: true, subject: true } as const;
  return db().ledgerEntry.findMany({ select, orderBy: { seq: "asc" } });
}
