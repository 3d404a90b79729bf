import type { ApprovalRecord, ServerRecord, VersionRecord } from "#lib/resolver/source.ts";

/** Rows of some servers on their way to another thread: all bytes in one piece, which is handed over, not copied. */
export type PackedRows = { servers: PackedServer[]; bytes: Uint8Array<ArrayBuffer> };

type PackedServer = { name: string; versions: PackedVersion[] };
/** Lengths stand for the bytes, which follow each other in the order they are met. */
type PackedVersion = Omit<VersionRecord, "manifest" | "approvals"> & {
  manifest: number | null;
  approvals: (Omit<ApprovalRecord, "bundle"> & { bundle: number | null })[];
};

/**
 * Copies the bytes out of wherever the database driver left them.
 * @param spare memory to use again, if it is large enough.
 */
export function packRows(servers: readonly ServerRecord[], spare?: ArrayBuffer): PackedRows {
  const pieces: Uint8Array[] = [];
  const pack = (bytes: Uint8Array | null) => {
    if (!bytes) return null;
    pieces.push(bytes);
    return bytes.length;
  };
  const packed = servers.map(({ name, versions }) => ({
    name,
    versions: versions.map(
      (record): PackedVersion => ({
        ...record,
        manifest: pack(record.manifest),
        approvals: record.approvals.map((approval) => ({ ...approval, bundle: pack(approval.bundle) })),
      }),
    ),
  }));
  return { servers: packed, bytes: joinBytes(pieces, spare) };
}

/** The same rows; their bytes are views into the one piece. */
export function unpackRows({ servers, bytes }: PackedRows): ServerRecord[] {
  let at = 0;
  const take = (length: number | null) => {
    if (length === null) return null;
    at += length;
    return bytes.subarray(at - length, at);
  };
  return servers.map(({ name, versions }) => ({
    name,
    versions: versions.map((packed) => ({
      ...packed,
      manifest: take(packed.manifest),
      approvals: packed.approvals.map((approval) => ({ ...approval, bundle: take(approval.bundle) })),
    })),
  }));
}

/** @param spare memory to use again, if it is large enough; a quarter more than needed is taken otherwise. */
export function joinBytes(pieces: readonly Uint8Array[], spare?: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const memory = spare && spare.byteLength >= length ? spare : new ArrayBuffer(Math.ceil(length * 1.25));
  const joined = new Uint8Array(memory, 0, length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
