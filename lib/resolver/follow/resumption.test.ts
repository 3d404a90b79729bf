import { expect, it } from "vitest";
import { findResumption } from "#lib/resolver/follow/resumption.ts";
import type { LedgerEvent } from "#lib/resolver/source.ts";

const known = (seq: number, at: number) => ({ seq: BigInt(seq), sha256: "", at });

/** Entries dated as given, numbered from 1. */
function makeLedger(times: number[]) {
  const entries: LedgerEvent[] = times.map((at, index) => {
    return { seq: BigInt(index + 1), sha256: `h${index + 1}`, at, action: "version.publish", serverName: null };
  });
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    readLedger: async (from: bigint, limit: number) => {
      reads++;
      return entries.filter(({ seq }) => seq >= from).slice(0, limit);
    },
  };
}

it("finds the last entry that is no later, whatever the ledger's length and wherever the known one was", async () => {
  for (let length = 0; length < 12; length++) {
    const ledger = makeLedger(Array.from({ length }, (_, index) => 10 * (index + 1)));
    for (let seq = 0; seq < 15; seq++) {
      for (let at = 5; at < 130; at += 5) {
        const { seq: found } = await findResumption(ledger, known(seq, at));
        expect(found, `${length} ${seq} ${at}`).toBe(BigInt(Math.min(length, Math.floor(at / 10))));
      }
    }
  }
});

it("begins at the beginning when there is nothing, or nothing as early", async () => {
  const beginning = { seq: 0n, sha256: "", at: 0 };
  expect(await findResumption(makeLedger([]), known(7, 100))).toEqual(beginning);
  expect(await findResumption(makeLedger([200, 300]), known(7, 100))).toEqual(beginning);
});

it("needs few reads of a long ledger", async () => {
  const ledger = makeLedger(Array.from({ length: 100_000 }, (_, at) => at));
  await findResumption(ledger, known(10, 50_000));
  expect(ledger.reads).toBeLessThan(40);
});

it("goes on behind entries without a time, and from the end when the known one has none", async () => {
  expect((await findResumption(makeLedger([10, Number.NaN, 30, 40]), known(1, 30))).seq).toBe(3n);
  expect((await findResumption(makeLedger([10, 20, 30, 40]), known(1, Number.NaN))).seq).toBe(4n);
});
