import type { RoutedOperation } from "#lib/api-docs/index.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";

export type OperationCall = {
  params?: Record<string, string>;
  /** Pairs, so that a name may come twice. */
  query?: readonly (readonly [string, string])[];
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  content?: FormData | Uint8Array<ArrayBuffer> | string;
  headers?: Record<string, string>;
};

export type OperationAnswer = { status: number; headers: Headers; mediaType: string; bytes: Uint8Array };

/** Calls the handler of an operation as the framework would: parameters both in the address and decoded. */
export async function callOperation(operation: RoutedOperation, call: OperationCall): Promise<OperationAnswer> {
  const { params = {}, query = [], body, content, headers = {} } = call;
  const url = new URL(testRegistryId + toPath(operation.path, params));
  for (const [name, value] of query) url.searchParams.append(name, value);
  const sent = content ?? (body === undefined ? null : JSON.stringify(body));
  const all = new Headers(headers);
  if (content === undefined && body !== undefined) all.set("content-type", "application/json");
  const request = new Request(url, { method: operation.method, headers: all, body: sent });
  const response = await operation.handler(request, { params: Promise.resolve(params) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const mediaType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  return { status: response.status, headers: response.headers, mediaType, bytes };
}

function toPath(template: string, params: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_all, name) => encodeURIComponent((params[name] ?? "").toWellFormed()));
}

/** The answer's JSON; null without a body. */
export function toJson({ bytes, mediaType }: OperationAnswer): unknown {
  if (!/[/+]json$/.test(mediaType)) return null;
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}
