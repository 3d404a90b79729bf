import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Log } from "#lib/resolver/source.ts";

/** Signed statements in a file, one base64 line each. Trusted for nothing: whoever reads them checks signatures. */
export class RevocationFile {
  readonly #path: string;
  readonly #log: Log;
  #writing: Promise<void> = Promise.resolve();

  constructor(filePath: string, log: Log) {
    this.#path = filePath;
    this.#log = log;
  }

  /** Every statement in the file; none when there is no file yet. */
  async read(): Promise<Buffer[]> {
    await this.#writing;
    const text = await readFile(this.#path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => Buffer.from(line, "base64"));
  }

  /** Adds a statement in the background. A file that cannot be written raises an alarm and stops nothing. */
  append(statement: Uint8Array): void {
    this.#writing = this.#writing
      .then(() => this.#write(statement))
      .catch((error) => {
        this.#log.error({ event: "revocation-not-kept", err: error }, "A revocation could not be remembered on disk");
      });
  }

  /** Resolves when everything added so far is written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  /** The line break comes first, so that a line torn by a crash spoils no other. */
  async #write(statement: Uint8Array): Promise<void> {
    await mkdir(path.dirname(this.#path), { recursive: true, mode: 0o700 });
    await appendFile(this.#path, `\n${Buffer.from(statement).toString("base64")}`, { mode: 0o600, flush: true });
  }
}
