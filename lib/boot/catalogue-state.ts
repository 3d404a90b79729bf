import { readLedgerHead } from "#lib/boot/store.ts";
import type { Family } from "#lib/metrics/index.ts";
import type { ReadPlaneHealth } from "#lib/resolver/index.ts";

/** Whether a catalogue is loaded and not older than the read API serves. */
export function isServable({ ready, ageMs }: ReadPlaneHealth, maxAgeMs: number): boolean {
  return ready && ageMs !== null && ageMs <= maxAgeMs;
}

/** How far the ledger goes, by which the lag of every catalogue can be told. */
export async function describeLedger(): Promise<Family[]> {
  return [gauge("countersign_ledger_head_seq", "Last entry of the ledger.", Number(await readLedgerHead()))];
}

/** The state of this process's catalogue, as metrics. */
export function describeCatalogue(health: ReadPlaneHealth): Family[] {
  const { ready, ageMs, servers, droppedRows, ledgerSeq, lastLoad, loads, counts } = health;
  return [
    gauge("countersign_catalogue_ready", "Whether the catalogue was loaded (1) or not (0).", ready ? 1 : 0),
    gauge("countersign_catalogue_servers", "Servers in the catalogue.", servers),
    gauge("countersign_catalogue_dropped_rows", "Rows left out because they failed verification: alarm.", droppedRows),
    ...maybe("countersign_catalogue_age_seconds", "Time since the catalogue equalled the database.", ageMs, 1_000),
    ...maybe("countersign_catalogue_ledger_seq", "Last ledger entry the catalogue includes.", ledgerSeq, 1),
    counter("countersign_catalogue_loads_total", "How often the whole catalogue was loaded.", loads),
    ...(lastLoad ? describeLoad(lastLoad) : []),
    gauge(
      "countersign_resolution_counts_unwritten",
      "Counts of resolutions that wait to be written.",
      counts.unwritten,
    ),
    counter("countersign_resolutions_lost_total", "Resolutions that were not counted: too many waited.", counts.lost),
  ];
}

function describeLoad({ ms, servers, versions }: NonNullable<ReadPlaneHealth["lastLoad"]>): Family[] {
  return [
    gauge("countersign_catalogue_load_seconds", "Time the last loading of the whole catalogue took.", ms / 1_000),
    gauge("countersign_catalogue_load_servers", "Servers it brought.", servers),
    gauge("countersign_catalogue_load_versions", "Versions it verified.", versions),
  ];
}

function counter(name: string, help: string, value: number): Family {
  return { ...gauge(name, help, value), type: "counter" };
}

function gauge(name: string, help: string, value: number): Family {
  return { name, help, type: "gauge", samples: [{ suffix: "", labels: {}, value }] };
}

function maybe(name: string, help: string, value: number | bigint | null, unit: number): Family[] {
  return value === null ? [] : [gauge(name, help, Number(value) / unit)];
}
