import type { LedgerEvent, LedgerPosition, ServerRecord, VersionRecord } from "#lib/resolver/source.ts";

/** A version with its countersignatures in parallel arrays; all of them null when there are none. */
export type VersionRow = {
  name: string;
  version: string;
  state: string;
  deprecated: boolean;
  round: number;
  expired_round: number | null;
  manifest: Buffer | null;
  manifest_digest: string;
  status_changed_at: Date;
  updated_at: Date;
  status_message: string | null;
  rounds: number[] | null;
  states: string[] | null;
  digests: string[] | null;
  /** Bytes of each; null when larger than any real one. */
  lengths: (number | null)[] | null;
  /** One after the other: the driver reads an array of bytes character by character. */
  bundles: Buffer | null;
};

export function toVersionRecord(row: VersionRow): VersionRecord {
  let end = 0;
  const takeBundle = (length: number | null | undefined) => {
    if (length === null || length === undefined) return null;
    end += length;
    return row.bundles?.subarray(end - length, end) ?? null;
  };
  return {
    version: row.version,
    state: row.state,
    deprecated: row.deprecated,
    round: row.round,
    expiredRound: row.expired_round,
    manifest: row.manifest,
    manifestDigest: row.manifest_digest,
    statusChangedAt: row.status_changed_at,
    updatedAt: row.updated_at,
    statusMessage: row.status_message,
    approvals: (row.rounds ?? []).map((round, at) => ({
      round,
      state: row.states?.[at] ?? "",
      sha256: row.digests?.[at] ?? "",
      bundle: takeBundle(row.lengths?.[at]),
    })),
  };
}

export type PositionRow = { seq: string; sha256: string; at: Date };

export function toPosition(row: PositionRow): LedgerPosition {
  // The driver gives a number for a time that never comes.
  const at = row.at instanceof Date ? row.at.getTime() : Number.NaN;
  return { seq: BigInt(row.seq), sha256: row.sha256, at };
}

export function toLedgerEvent(row: PositionRow & { action: string; server_name: string | null }): LedgerEvent {
  return { ...toPosition(row), action: row.action, serverName: row.server_name };
}

/** Joins version rows, ordered by server, into servers; holds back the last one until it is complete. */
export class ServerGrouping {
  #open: ServerRecord | null = null;

  /** @returns the servers completed by these rows. */
  add(rows: readonly VersionRow[]): ServerRecord[] {
    const complete: ServerRecord[] = [];
    for (const row of rows) {
      if (this.#open?.name !== row.name) {
        complete.push(...this.finish());
        this.#open = { name: row.name, versions: [] };
      }
      this.#open.versions.push(toVersionRecord(row));
    }
    return complete;
  }

  /** @returns the server still held back, if any. */
  finish(): ServerRecord[] {
    const last = this.#open ? [this.#open] : [];
    this.#open = null;
    return last;
  }
}
