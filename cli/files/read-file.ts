import { open } from "node:fs/promises";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type SafeText, safe } from "../terminal/safe-text.ts";

/** The exact bytes of a file the user named, read only up to a limit. @throws Failure naming the file. */
export async function readInputFile(file: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(EXIT.usage, "file-unreadable", safe`Cannot read ${file}: ${explain(error)}.`);
  });
  try {
    const buffer = Buffer.alloc(maxBytes + 1);
    let size = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, size, buffer.length - size);
      size += bytesRead;
      if (bytesRead === 0) return Buffer.from(buffer.subarray(0, size));
      if (size > maxBytes) {
        throw new Failure(EXIT.usage, "file-too-large", safe`${file} is larger than ${maxBytes} bytes.`);
      }
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = explain(error as NodeJS.ErrnoException);
    throw new Failure(EXIT.usage, "file-unreadable", safe`Cannot read ${file}: ${reason}.`);
  } finally {
    await handle.close();
  }
}

function explain({ code }: NodeJS.ErrnoException): SafeText {
  if (code === "ENOENT") return safe`there is no such file`;
  if (code === "EISDIR") return safe`it is a folder`;
  return code === "EACCES" ? safe`permission denied` : safe`${code ?? "unknown reason"}`;
}
