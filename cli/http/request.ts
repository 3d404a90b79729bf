import pkg from "../../package.json" with { type: "json" };
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";
import { assertSafeTransport } from "./address.ts";

const timeoutMs = 30_000;

export type Call = {
  method?: "GET" | "POST" | "DELETE";
  /** Absolute. */
  url: string;
  token?: string | null;
  json?: unknown;
  form?: FormData;
  maxBytes: number;
};

export type Answer = { status: number; contentType: string; bytes: Uint8Array; location: string | null };

/**
 * One request: https (or this machine), no redirect is followed, 30 s in all, the body read up to `maxBytes`.
 * @throws Failure `unavailable` when there is no complete answer. A status is not judged here.
 */
export async function request(call: Call): Promise<Answer> {
  const url = new URL(call.url);
  assertSafeTransport(url);
  const headers = new Headers({ accept: "application/json", "user-agent": `countersign/${pkg.version}` });
  if (call.token) headers.set("authorization", `Bearer ${call.token}`);
  if (call.json !== undefined) headers.set("content-type", "application/json");
  const body = call.form ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const init = { method: call.method ?? "GET", headers, redirect: "manual" as const, signal };
    const response = await fetch(url, body === undefined ? init : { ...init, body });
    return {
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      bytes: await readBounded(response, call.maxBytes),
      location: response.headers.get("location"),
    };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreachable(url, error);
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new Failure(EXIT.unavailable, "answer-too-large", safe`The answer is larger than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unreachable(url: URL, error: unknown): Failure {
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError") {
    return new Failure(EXIT.unavailable, "timeout", safe`${url.host} did not answer within ${timeoutMs / 1000} s.`);
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = (cause as NodeJS.ErrnoException)?.code ?? "no connection";
  return new Failure(EXIT.unavailable, "unreachable", safe`Cannot reach ${url.host} (${reason}).`, { cause: error });
}
