import type { Selection } from "#lib/channels/selection.ts";
import { compareReleases } from "#lib/manifest/index.ts";
import type { AccessRecord, ChannelRecord, LedgerEvent, PlacementRecord, VersionRecord } from "#lib/resolver/source.ts";
import { ChannelModel } from "#lib/resolver/testing/channel-model.ts";
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
export type Backup = {
  rows: Map<string, Row>;
  ledger: LedgerEvent[];
  at: number;
  access: AccessRecord;
  placements: PlacementRecord[];
};

/**
 * The control plane as readers notice it: verbs change rows, append to the ledger and move `updatedAt` of what they
 * changed, a lost or gained `latest` included. Its clock is a field a test moves as it likes.
 */
export class LifecycleModel {
  readonly source = new MemorySource();
  clock = now;
  readonly #registry: TestRegistry;
  readonly #rows = new Map<string, Row>();
  readonly #channels = new ChannelModel(this.source);

  constructor(registry: TestRegistry) {
    this.#registry = registry;
  }

  /** Approves a new version, or renews the one there is. */
  approve(name: string, version: string, lifetimeMs: number): void {
    const row = this.#rows.get(`${name} ${version}`);
    if (row && row.record.state === "revoked") return;
    this.#change(name, (at) => {
      // What is signed is dated by the ledger, and ends after it begins.
      const expiresAt = Math.max(this.clock, at) + lifetimeMs;
      const dates = {
        approvedAt: new Date(at).toISOString(),
        expiresAt: new Date(expiresAt).toISOString(),
      };
      if (!row) {
        const record = makeVersion(this.#registry, { name, version, approval: dates, row: this.#dates(at) });
        this.#rows.set(`${name} ${version}`, { record, name, publishedAt: at, expiresAt });
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

  createChannel(row: ChannelRecord): void {
    this.#tick();
    this.#channels.create(row);
  }

  editChannel(slug: string, selection: Selection): void {
    this.#tick();
    this.#channels.select(slug, selection, [...new Set([...this.#rows.values()].map(({ name }) => name))]);
  }

  tagServer(name: string, tags: readonly string[]): void {
    this.#tick();
    this.#channels.tag(name, tags);
  }

  backUp(): Backup {
    const rows = new Map([...this.#rows].map(([key, row]) => [key, { ...row }]));
    const { ledger, at, access, placements } = this.source;
    return { rows, ledger: [...ledger], at, ...structuredClone({ access, placements: [...placements.values()] }) };
  }

  /** Everything is as it was; what is written from now on takes numbers and times that were given out before. */
  restore({ rows, ledger, at, access, placements }: Backup): void {
    this.#rows.clear();
    for (const [key, row] of rows) this.#rows.set(key, { ...row });
    this.source.ledger = [...ledger];
    this.source.at = at;
    this.source.access = structuredClone(access);
    this.source.placements.clear();
    for (const each of structuredClone(placements)) this.source.placements.set(each.name, each);
    this.source.servers.clear();
    for (const { name } of rows.values()) this.#store(name);
  }

  /** One transaction: what changed and who lost or gained `latest` get the time of its ledger entry. */
  #change(name: string, apply: (at: number) => string[]): void {
    const source = this.source;
    this.#tick();
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

  /** The next entry of the ledger is dated by the clock, but never before the entry before it. */
  #tick(): void {
    this.source.at = Math.max(this.clock - 1, this.source.at);
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
