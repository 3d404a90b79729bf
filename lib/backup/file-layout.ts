/**
 * A backup is a Zstandard file (RFC 8878) that any `zstd -d` reads: a skippable frame that says what it is, one frame with
 * the rows, and a skippable frame with the signed statement, whose last four bytes say how long the statement is.
 */
const headMagic = 0x18_4d_2a_50;
const tailMagic = 0x18_4d_2a_51;
const frameHeaderBytes = 8;
const lengthBytes = 4;

const formatName = "countersign backup ";
const formatVersion = 1;

/** No statement is larger: openRegistryEnvelope reads no more. */
export const maxStatementBytes = 1024 * 1024;

/** How the file begins. */
export const head: Buffer = encodeFrame(headMagic, Buffer.from(`${formatName}${formatVersion}\n`));

/** How the file ends. */
export function encodeTail(statement: Uint8Array): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(statement.length);
  return encodeFrame(tailMagic, Buffer.concat([statement, length]));
}

function encodeFrame(magic: number, content: Uint8Array): Buffer {
  const header = Buffer.alloc(frameHeaderBytes);
  header.writeUInt32LE(magic, 0);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content]);
}

/** What is wrong with the beginning of a file, or null. */
export function judgeHead(bytes: Uint8Array): string | null {
  if (Buffer.compare(bytes, head) === 0) return null;
  const name = Buffer.from(bytes).subarray(frameHeaderBytes, frameHeaderBytes + formatName.length);
  if (name.toString("latin1") !== formatName) return "it is not a Countersign backup";
  return "it has a format this version does not know";
}

/** Bytes at the end of the file that `readTailLength` needs. */
export const tailEndBytes = lengthBytes;

/** Length of the whole last frame, from the last bytes of the file; null when no statement can be that long. */
export function readTailLength(end: Buffer): number | null {
  const statement = end.readUInt32LE(0);
  if (statement === 0 || statement > maxStatementBytes) return null;
  return frameHeaderBytes + statement + lengthBytes;
}

/** The statement in the last frame; null when it is no such frame. */
export function decodeTail(frame: Buffer): Buffer | null {
  if (frame.readUInt32LE(0) !== tailMagic) return null;
  if (frame.readUInt32LE(4) !== frame.length - frameHeaderBytes) return null;
  return frame.subarray(frameHeaderBytes, frame.length - lengthBytes);
}
