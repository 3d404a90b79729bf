import { randomUUID } from "node:crypto";
import { mintSecret } from "#lib/access/tokens/secret.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import type { RouteHandler } from "#lib/http/index.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";

/** An API session of a person, signed in at `at`; returns its bearer secret. */
export async function openApiSession({ personId }: PersonActor, at = new Date()): Promise<string> {
  const { secret, hash: tokenHash } = mintSecret("css");
  const expiresAt = new Date(Date.now() + 3_600_000);
  const times = { createdAt: at, authenticatedAt: at, lastSeenAt: new Date(), expiresAt };
  await db().session.create({ data: { id: randomUUID(), personId, kind: "api", tokenHash, ...times } });
  return secret;
}

export type ApiCall = {
  method?: string;
  /** Below the registry's address, with its query. */
  path: string;
  bearer?: string | null;
  json?: unknown;
  form?: FormData;
  params?: Record<string, string>;
};

export type ApiAnswer = { status: number; type: string; body: Record<string, unknown>; bytes: Uint8Array };

/** Calls an exported route handler as the server would. */
export async function callRoute(handler: RouteHandler, call: ApiCall): Promise<ApiAnswer> {
  const headers = new Headers();
  if (call.bearer) headers.set("authorization", `Bearer ${call.bearer}`);
  if (call.json !== undefined) headers.set("content-type", "application/json");
  const body = call.form ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
  const method = call.method ?? (body === undefined ? "GET" : "POST");
  const request = new Request(`${testRegistryId}${call.path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const response = await handler(request, { params: Promise.resolve(call.params ?? {}) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = response.headers.get("content-type") ?? "";
  const isJson = /[/+]json\b/.test(type);
  const parsed = isJson ? (JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>) : {};
  return { status: response.status, type, body: parsed, bytes };
}
