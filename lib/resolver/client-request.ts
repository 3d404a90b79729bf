import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { DomainError, PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";

export type ReadAddress = {
  /** `host:port` of the server's own port, an IPv6 address in brackets. */
  address: string;
  /** Address people use; its host is sent as `Host`. */
  publicUrl: string;
  /** By which the read plane knows our own pages; null where there are none. */
  secret: string | null;
  /** To see what anybody sees, instead of the whole catalogue. */
  visitor: boolean;
};

const timeoutMs = 5000;
const maxAnswerBytes = 64 * 1024 * 1024;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/**
 * GET of one path of the read plane over HTTP, so that pages show what every other client sees.
 * @returns the parsed JSON, or null for 404.
 * @throws DomainError what the read plane answered; `unavailable` when it did not, in time or in size.
 */
export async function readJson(from: ReadAddress, path: string): Promise<unknown> {
  const text = await readText(from, path);
  return text === null ? null : JSON.parse(text);
}

/**
 * As `readJson`, but the answer as it came, decoded as UTF-8.
 * @throws DomainError as `readJson`.
 */
export async function readText(from: ReadAddress, path: string): Promise<string | null> {
  const answer = await getBytes(from, path).catch((cause: unknown) => {
    throw new DomainError("unavailable", "The catalogue cannot be read at the moment.", { cause });
  });
  if (answer.status === 404) return null;
  const text = answer.body.toString("utf8");
  if (answer.status === 200) return text;
  throw toDomainError(JSON.parse(text));
}

async function getBytes(from: ReadAddress, path: string): Promise<{ status: number; body: Buffer }> {
  const { hostname, port } = new URL(`http://${from.address}`);
  const signal = AbortSignal.timeout(timeoutMs);
  const headers = {
    host: new URL(from.publicUrl).host,
    ...(from.secret === null ? {} : { "x-countersign-internal": from.secret }),
    ...(from.visitor ? { "x-countersign-view": "visitor" } : {}),
  };
  const sent = request({ hostname: hostname.replace(/^\[|\]$/g, ""), port, path, headers, agent, signal }).end();
  const [response] = (await once(sent, "response", { signal })) as [IncomingMessage];
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxAnswerBytes) throw new Error("the answer is too large");
    parts.push(part);
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(parts) };
}

function toDomainError(problem: unknown): DomainError {
  const { code, detail } = (problem ?? {}) as { code?: unknown; detail?: unknown };
  const known = typeof code === "string" && code in PROBLEMS ? (code as ProblemCode) : "unavailable";
  return new DomainError(known, typeof detail === "string" ? detail : "The catalogue cannot be read at the moment.");
}
