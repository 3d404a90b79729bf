import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { availableParallelism } from "node:os";
import { sha256Hex } from "#lib/core/digest.ts";
import { metrics } from "#lib/metrics/index.ts";
import { ResolutionCounter } from "#lib/resolver/counts/counter.ts";
import { LedgerFollower } from "#lib/resolver/follow/follower.ts";
import { type LastLoad, LiveCatalogue } from "#lib/resolver/follow/live-catalogue.ts";
import { lookEvery } from "#lib/resolver/follow/look-while.ts";
import { Pulse } from "#lib/resolver/follow/pulse.ts";
import { RevocationFile } from "#lib/resolver/follow/revocation-file.ts";
import { Withdrawals } from "#lib/resolver/follow/withdrawals.ts";
import type { BuildInfo } from "#lib/resolver/http/answer-route.ts";
import type { Rates } from "#lib/resolver/http/charge.ts";
import type { PagesFor } from "#lib/resolver/http/door.ts";
import { createHandler, type Handler } from "#lib/resolver/http/handler.ts";
import type { CatalogueSource, LedgerPosition, Log } from "#lib/resolver/source.ts";
import { encodeKeySet, type KeySet } from "#lib/signing/index.ts";

export type ReadPlaneOptions = {
  registryId: string;
  /** Reads the registry's public keys from configuration, never from the database; again after each key rotation. */
  loadKeySet: () => KeySet | Promise<KeySet>;
  source: CatalogueSource;
  /** Whether anonymous channels answer. When not, they refuse everybody, whatever their rows say. */
  anonymous: boolean;
  /** Shared with our own pages, which send it as `x-countersign-internal` and then see the whole catalogue. */
  internalSecret?: string;
  /**
   * File in which this reader keeps the signed revocations it has seen, so that a restored or edited database cannot
   * bring a revoked version back after a restart. Without it they are remembered only while the process runs.
   */
  revocationsFile?: string;
  build: BuildInfo;
  log: Log;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** How often the ledger is read without being woken, in milliseconds. */
  pollMs?: number;
  /** How often what was withdrawn is looked for while following the ledger takes longer, in milliseconds. */
  withdrawMs?: number;
  /** How often resolutions counted are written, in milliseconds. */
  countMs?: number;
  /** How long the last good catalogue is served while the database cannot be read, in milliseconds. */
  maxAgeMs?: number;
  /** Limits what one caller may ask; without, nobody is limited. */
  rates?: Rates;
  /** How many threads verify a large catalogue while it is loaded; 0 for none. One for each core when not given. */
  verifyThreads?: number;
};

export type ReadPlaneHealth = {
  /** Loaded once: requests are answered. */
  ready: boolean;
  /** Milliseconds since the catalogue was last known to equal the database; null before the first load. */
  ageMs: number | null;
  servers: number;
  /** Rows left out because they failed verification: anything but 0 is an alarm. */
  droppedRows: number;
  ledgerSeq: bigint | null;
  /** What the last loading of everything took and brought; null before the first. */
  lastLoad: LastLoad | null;
  /** How often everything was loaded: once, and after each restored database or new key. */
  loads: number;
  /** Of what was resolved: different counts not written yet, and resolutions that were lost. */
  counts: { unwritten: number; lost: number };
};

export type ReadPlane = {
  /** Answers a request under the address of a channel and returns true; returns false, untouched, for any other. */
  handle: Handler;
  /** Loads the catalogue and follows the ledger. Resolves after the first load, failing if that fails. */
  start(): Promise<void>;
  /** Ends following; requests are still answered from what is in memory. */
  stop(): Promise<void>;
  health(): ReadPlaneHealth;
};

const standardPollMs = 1000;
const standardCountMs = 5000;
const standardMaxAgeMs = 24 * 3600 * 1000;

/** The read plane: every answer comes from memory, and nothing is in memory that the registry key did not sign. */
export function createReadPlane(options: ReadPlaneOptions): ReadPlane {
  const { registryId, source, log } = options;
  const clock = options.clock ?? Date.now;
  let keySetDocument: Buffer | null = null;
  const loadTrust = async () => {
    const keySet = await options.loadKeySet();
    keySetDocument = encodeKeySet(keySet, registryId);
    return { keySet, registryId };
  };
  const revocationFile = options.revocationsFile ? new RevocationFile(options.revocationsFile, log) : null;
  const loading = { threads: options.verifyThreads ?? availableParallelism() };
  const live = new LiveCatalogue({ source, loadTrust, clock, revocationFile, loading, log });
  const lag = metrics().histogram("countersign_follow_lag_seconds", "Time from a ledger entry to its being followed.");
  const onFollowed = ({ at }: LedgerPosition) => {
    if (!Number.isNaN(at)) lag.observe(Math.max(0, clock() - at) / 1000);
  };
  const lookWhile = lookEvery(options.withdrawMs);
  const follower = new LedgerFollower(source, live, log, { onFollowed, lookWhile });
  const withdrawals = new Withdrawals(source, live, lookWhile);
  const follow = () => withdrawals.during(follower.position, () => follower.catchUp());
  const pulse = new Pulse(follow, options.pollMs ?? standardPollMs, log);
  const catalogue = () => live.current();
  const ageMs = () => (pulse.lastSuccess === null ? null : Math.max(0, performance.now() - pulse.lastSuccess));
  const counter = new ResolutionCounter(source, log);
  let stopListening = async () => {};
  return {
    handle: createHandler({
      ...options,
      catalogue,
      channels: () => live.channels,
      counter,
      clock,
      ageMs,
      maxAgeMs: options.maxAgeMs ?? standardMaxAgeMs,
      syncedUntil: () => follower.syncedUntil ?? 0,
      keySetDocument: () => keySetDocument,
      pagesFor: (request) => pagesFor(request, options.internalSecret),
    }),
    async start() {
      stopListening = source.listen(() => pulse.wake());
      await pulse.start();
      counter.start(options.countMs ?? standardCountMs);
    },
    async stop() {
      live.stop();
      await stopListening();
      await pulse.stop();
      await counter.stop();
      await revocationFile?.settled();
    },
    health: () => ({
      ready: live.trust !== null,
      ageMs: ageMs(),
      servers: catalogue()?.size ?? 0,
      droppedRows: live.droppedRows,
      ledgerSeq: follower.position?.seq ?? null,
      lastLoad: live.lastLoad,
      loads: live.loads,
      counts: { unwritten: counter.unwritten, lost: counter.lost },
    }),
  };
}

function pagesFor(request: IncomingMessage, secret: string | undefined): PagesFor | null {
  const given = request.headers["x-countersign-internal"];
  if (!secret || typeof given !== "string") return null;
  if (!timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(secret)))) return null;
  return request.headers["x-countersign-view"] === "visitor" ? "visitor" : "member";
}
