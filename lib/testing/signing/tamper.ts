import type { SignatureRefusal } from "#lib/signing/refusal.ts";
import type { UploadInput } from "#lib/signing/upload.ts";
import { type BundleJson, toBytes } from "#lib/testing/signing/bundles.ts";
import type { Workshop } from "#lib/testing/signing/workshop.ts";

/** Bundles that verify as they are, made once: by a workflow, over a statement or over the file, and by a key. */
export type GoodBundles = { statement: BundleJson; message: BundleJson; key: BundleJson };

/** One change to something that verifies, and the code it must be refused with. */
export type TamperRow = {
  change: string;
  code: SignatureRefusal;
  make: (workshop: Workshop, good: GoodBundles) => UploadInput | Promise<UploadInput>;
};

/** A row that edits a copy of one of the good bundles. */
export function edit(
  change: string,
  which: keyof GoodBundles,
  code: SignatureRefusal,
  apply: (bundle: BundleJson) => unknown,
): TamperRow {
  return {
    change,
    code,
    make: (workshop, good) => {
      const copy = structuredClone(good[which]);
      return workshop.toInput(toBytes((apply(copy) as object | undefined) ?? copy));
    },
  };
}

/** A row that leaves the bundle alone and changes what it is verified with. */
export function judge(
  change: string,
  which: keyof GoodBundles,
  code: SignatureRefusal,
  apply: (workshop: Workshop) => Partial<UploadInput>,
): TamperRow {
  return { change, code, make: (workshop, good) => workshop.toInput(toBytes(good[which]), apply(workshop)) };
}

/** A row whose bundle is made anew. */
export function sign(
  change: string,
  code: SignatureRefusal,
  make: (workshop: Workshop) => Promise<BundleJson>,
  judgeWith: (workshop: Workshop) => Partial<UploadInput> = () => ({}),
): TamperRow {
  return {
    change,
    code,
    make: async (workshop) => workshop.toInput(toBytes(await make(workshop)), judgeWith(workshop)),
  };
}

/** Base64 with one bit of one byte changed. */
export function flip(base64: string, at = 10): string {
  const bytes = Buffer.from(base64, "base64");
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString("base64");
}

export const firstEntry = (bundle: BundleJson) => bundle.verificationMaterial.tlogEntries[0];
