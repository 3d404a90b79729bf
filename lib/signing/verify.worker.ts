import { parentPort } from "node:worker_threads";
import type { UploadInput } from "#lib/signing/upload.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";

/** First message: ready. Then one verdict for each input. */
parentPort?.on("message", (input: UploadInput) => parentPort?.postMessage(verifyUpload(input)));
parentPort?.postMessage("ready");
