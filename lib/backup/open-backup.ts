import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { decodeTail, head, judgeHead, readTailLength, tailEndBytes } from "#lib/backup/file-layout.ts";
import { splitLines } from "#lib/backup/lines.ts";
import { damaged } from "#lib/backup/refusals.ts";
import { type BackupPredicate, type KeySet, verifyBackup } from "#lib/signing/index.ts";

export type OpenBackup = {
  /** What the registry signed about it. */
  predicate: BackupPredicate;
  /** Hands over the lines of its body; resolves when `consume` has. */
  readLines(consume: (lines: AsyncGenerator<Buffer>) => Promise<void>): Promise<void>;
};

type Trust = { keySet: KeySet; registryId: string };
type Body = { start: number; end: number };

/**
 * Opens a backup: nothing in it is decompressed or parsed before the registry's signature over exactly these bytes has
 * been checked. Whoever reads the lines afterwards compares them with the digests in the predicate, because the file
 * may change meanwhile.
 * @throws DomainError `invalid-input` when it is no backup, is damaged, or no key of the key set signed it.
 */
export async function withBackup<T>(file: string, trust: Trust, work: (backup: OpenBackup) => Promise<T>): Promise<T> {
  const handle = await open(file, "r");
  try {
    const { predicate, body } = await readVerified(handle, trust);
    return await work({ predicate, readLines: (consume) => readLines(handle, body, consume) });
  } finally {
    await handle.close();
  }
}

async function readVerified(handle: FileHandle, trust: Trust): Promise<{ predicate: BackupPredicate; body: Body }> {
  const { size } = await handle.stat();
  const problem = judgeHead(await readAt(handle, 0, Math.min(head.length, size)));
  if (problem) throw damaged(problem);
  const tailLength =
    size < head.length + tailEndBytes ? null : readTailLength(await readAt(handle, size - tailEndBytes, tailEndBytes));
  if (tailLength === null || size - tailLength < head.length) throw damaged("its end is missing");
  const body = { start: head.length, end: size - tailLength };
  const statement = decodeTail(await readAt(handle, body.end, tailLength));
  if (!statement) throw damaged("its end is missing");
  const verdict = verifyBackup({ bundleBytes: statement, ...trust });
  if (!verdict.ok) throw damaged(`its signature is not accepted (${verdict.code}: ${verdict.detail})`);
  if ((await digest(handle, body)) !== verdict.bodySha256) throw damaged("its bytes are not those that were signed");
  return { predicate: verdict.predicate, body };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function digest(handle: FileHandle, body: Body): Promise<string> {
  const hash = createHash("sha256");
  if (body.end > body.start) for await (const chunk of openStream(handle, body)) hash.update(chunk);
  return hash.digest("hex");
}

async function readLines(
  handle: FileHandle,
  body: Body,
  consume: (lines: AsyncGenerator<Buffer>) => Promise<void>,
): Promise<void> {
  await pipeline(openStream(handle, body), createZstdDecompress(), (chunks: AsyncIterable<Buffer>) =>
    consume(splitLines(chunks)),
  );
}

function openStream(handle: FileHandle, { start, end }: Body) {
  return handle.createReadStream({ start, end: end - 1, autoClose: false });
}
