import { setImmediate as nextTurn } from "node:timers/promises";
import { type ChannelRow, listChannelRows } from "#lib/channels/store/channels.ts";
import { listResolvableServers, type ResolvableServer, readLedgerHash } from "#lib/channels/store/counting.ts";
import { toRowSelector } from "#lib/channels/to-view.ts";

/** By the channel's id. */
export type ShownCounts = ReadonlyMap<string, number>;

/** Counts with the stretch of time in which they hold if nobody changes anything; milliseconds since the epoch. */
type Counted = { from: number; until: number; counts: ShownCounts };

/** What was counted last, or is being counted, and what the ledger ended with then. */
let last: { ledger: string; counted: Promise<Counted> } | null = null;

/**
 * How many servers with anything resolvable each channel's selection shows, whether or not it is disabled. Going through
 * all servers for every channel takes long, so it is done once for all callers, until the ledger moves or one expires.
 * Channels read before the call are among those counted.
 */
export async function countShown(now: Date): Promise<ShownCounts> {
  const ledger = await readLedgerHash();
  return (await findCounted(ledger, now)) ?? countAnew(ledger, now);
}

/** The same of one channel, without counting the others. */
export async function countShownIn(channel: ChannelRow, now: Date): Promise<number> {
  const counts = await findCounted(await readLedgerHash(), now);
  return counts?.get(channel.id) ?? countOf(channel, await listResolvableServers(now));
}

async function findCounted(ledger: string, now: Date): Promise<ShownCounts | null> {
  if (last?.ledger !== ledger) return null;
  const { from, until, counts } = await last.counted;
  return now.getTime() >= from && now.getTime() < until ? counts : null;
}

async function countAnew(ledger: string, now: Date): Promise<ShownCounts> {
  const mine = { ledger, counted: countAll(now) };
  last = mine;
  mine.counted.catch(() => {
    if (last === mine) last = null;
  });
  return (await mine.counted).counts;
}

async function countAll(now: Date): Promise<Counted> {
  const [channels, servers] = await Promise.all([listChannelRows(), listResolvableServers(now)]);
  const counts = new Map<string, number>();
  for (const channel of channels) {
    counts.set(channel.id, countOf(channel, servers));
    // Whoever else waits has their turn.
    await nextTurn();
  }
  const until = servers.reduce((earliest, server) => Math.min(earliest, server.until.getTime()), Infinity);
  return { from: now.getTime(), until, counts };
}

function countOf(channel: ChannelRow, servers: readonly ResolvableServer[]): number {
  const isShown = toRowSelector(channel);
  return servers.reduce((count, server) => count + Number(isShown(server)), 0);
}
