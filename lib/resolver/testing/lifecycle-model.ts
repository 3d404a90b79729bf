import { compareReleases } from "#lib/manifest/index.ts";
import type { LedgerEvent, VersionRecord } from "#lib/resolver/source.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import {
  approvalRecord,
  makePredicate,
  makeVersion,
  now,
  revocationOf,
  type TestRegistry,
} from "#lib/resolver/testing/registry.ts";

type Row = { record: VersionRecord; name: string; publishedAt: number; expiresAt: number };

/** Everything the database held at one moment. */
export type Backup = { rows: Map<string, Row>; ledger: LedgerEvent[]; at: number };

/**
 * The control plane as readers notice it: verbs change rows, append to the ledger and move `updatedAt` of what they
 * changed, a lost or gained `latest` included. Its clock is a field a test moves as it likes.
 */
export class LifecycleModel {
  readonly source = new MemorySource();
  clock = now;
  readonly #registry: TestRegistry;
  readonly #rows = new Map<string, Row>();

  constructor(registry: TestRegistry) {
    this.#registry = registry;
  }

  /** Approves a new version, or renews the one there is. */
  approve(name: string, version: string, lifetimeMs: number): void {
    const row = this.#rows.get(`${name} ${version}`);
    if (row && row.record.state === "revoked") return;
    const expiresAt = this.clock + lifetimeMs;
    const dates = {
      approvedAt: new Date(this.clock).toISOString(),
      expiresAt: new Date(expiresAt).toISOString(),
    };
    this.#change(name, (at) => {
      if (!row) {
        const record = makeVersion(this.#registry, { name, version, approval: dates, row: this.#dates(at) });
        this.#rows.set(`${name} ${version}`, { record, name, publishedAt: this.clock, expiresAt });
        return [version];
      }
      const round = row.record.round + 1;
      const predicate = makePredicate({ name, version }, { ...dates, round });
      row.record = {
        ...row.record,
        ...this.#dates(at),
        state: "approved",
        round,
        approvals: [...row.record.approvals, this.#sign(row, predicate)],
      };
      row.expiresAt = expiresAt;
      return [version];
    });
  }

  revoke(name: string, version: string): void {
    const row = this.#rows.get(`${name} ${version}`);
    if (!row || row.record.state === "revoked") return;
    const approved = makePredicate({ name, version }, { round: row.record.round });
    this.#change(name, (at) => {
      const predicate = { ...revocationOf(approved), approvedAt: new Date(this.clock).toISOString() };
      const approvals = [...row.record.approvals, this.#sign(row, predicate)];
      row.record = { ...row.record, ...this.#dates(at), state: "revoked", round: predicate.round, approvals };
      return [version];
    });
  }

  quarantine(name: string, version: string): void {
    const row = this.#rows.get(`${name} ${version}`);
    if (row?.record.state !== "approved") return;
    this.#change(name, (at) => {
      row.record = { ...row.record, ...this.#dates(at), state: "quarantined" };
      return [version];
    });
  }

  recordExpiries(): void {
    for (const row of this.#rows.values()) {
      const { state, round, expiredRound, version } = row.record;
      if (state !== "approved" || row.expiresAt > this.clock || (expiredRound ?? 0) >= round) continue;
      this.#change(row.name, (at) => {
        row.record = { ...row.record, ...this.#dates(at), expiredRound: round };
        return [version];
      });
    }
  }

  backUp(): Backup {
    const rows = new Map([...this.#rows].map(([key, row]) => [key, { ...row }]));
    return { rows, ledger: [...this.source.ledger], at: this.source.at };
  }

  /** Everything is as it was; what is written from now on takes numbers and times that were given out before. */
  restore({ rows, ledger, at }: Backup): void {
    this.#rows.clear();
    for (const [key, row] of rows) this.#rows.set(key, { ...row });
    this.source.ledger = [...ledger];
    this.source.at = at;
    this.source.servers.clear();
    for (const { name } of rows.values()) this.#store(name);
  }

  /** One transaction: what changed and who lost or gained `latest` get the time of its ledger entry. */
  #change(name: string, apply: (at: number) => string[]): void {
    const source = this.source;
    // As the ledger has it: never before the entry before it.
    source.at = Math.max(this.clock - 1, source.at);
    const before = this.#latest(name);
    const changed = apply(source.at + 1);
    const after = this.#latest(name);
    if (before !== after) changed.push(...[before, after].flatMap((version) => version ?? []));
    for (const version of changed) {
      const row = this.#rows.get(`${name} ${version}`);
      if (row) row.record = { ...row.record, updatedAt: new Date(source.at + 1) };
    }
    this.#store(name);
    source.append(name);
  }

  #store(name: string): void {
    const rows = [...this.#rows.values()].filter((row) => row.name === name);
    this.source.set(name, ...rows.map((row) => row.record));
  }

  #latest(name: string): string | null {
    const candidates = [...this.#rows.values()].filter(
      ({ record, ...row }) =>
        row.name === name && record.state === "approved" && (record.expiredRound ?? 0) < record.round,
    );
    const releases = candidates.map(({ record, publishedAt }) => ({ version: record.version, publishedAt }));
    return releases.sort((a, b) => compareReleases(b, a))[0]?.version ?? null;
  }

  #dates(at: number) {
    return { statusChangedAt: new Date(at), updatedAt: new Date(at) };
  }

  #sign(row: Row, predicate: Parameters<typeof approvalRecord>[2]) {
    return approvalRecord(this.#registry, row.record.manifest ?? Buffer.alloc(0), predicate);
  }
}
