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
export function describeCatalogue({ ready, ageMs, servers, droppedRows, ledgerSeq }: ReadPlaneHealth): Family[] {
  return [
    gauge("countersign_catalogue_ready", "Whether the catalogue was loaded (1) or not (0).", ready ? 1 : 0),
    gauge("countersign_catalogue_servers", "Servers in the catalogue.", servers),
    gauge("countersign_catalogue_dropped_rows", "Rows left out because they failed verification: alarm.", droppedRows),
    ...maybe("countersign_catalogue_age_seconds", "Time since the catalogue equalled the database.", ageMs, 1_000),
    ...maybe("countersign_catalogue_ledger_seq", "Last ledger entry the catalogue includes.", ledgerSeq, 1),
  ];
}

function gauge(name: string, help: string, value: number): Family {
  return { name, help, type: "gauge", samples: [{ suffix: "", labels: {}, value }] };
}

function maybe(name: string, help: string, value: number | bigint | null, unit: number): Family[] {
  return value === null ? [] : [gauge(name, help, Number(value) / unit)];
}
