import { Worker } from "node:worker_threads";
import type { RefusedUpload, UploadInput, UploadVerdict } from "#lib/signing/upload.ts";
import { createWorkerPool } from "#lib/signing/worker-pool.ts";

const maxWorkers = 2;
const maxHeapMb = 256;
const defaultTimeoutMs = 2000;

const pool = createWorkerPool(startWorker, maxWorkers);

/** The address is written out here because bundlers look for exactly this form. */
function startWorker(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: maxHeapMb };
  return new Worker(new URL("./verify.worker.ts", import.meta.url), { resourceLimits });
}

/**
 * As verifyUpload, in a worker thread that is killed at the deadline: verification is synchronous, and crafted
 * certificates and log entries can be slow. At most two verify at a time, further calls wait their turn; how many may
 * wait is the caller's to bound.
 * @param options.timeoutMs default 2000, from the start of the verification
 * @returns a verdict, also when the worker dies: `verification-timeout` or `verification-failed`.
 */
export async function verifyUploadInWorker(
  input: UploadInput,
  options: { timeoutMs?: number } = {},
): Promise<UploadVerdict> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const answer = await pool.ask(input, timeoutMs);
  if (answer.kind === "message") return answer.value as UploadVerdict;
  if (answer.kind === "timeout") {
    return toRefused("verification-timeout", `verification took longer than ${timeoutMs} ms`);
  }
  return toRefused("verification-failed", "verification ended without a verdict");
}

function toRefused(code: RefusedUpload["code"], detail: string): RefusedUpload {
  return { ok: false, code, check: "worker", detail, identity: null, trustRootSlug: null };
}
