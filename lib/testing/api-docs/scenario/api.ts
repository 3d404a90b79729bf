import { expect } from "vitest";
import type { Example, RoutedOperation } from "#lib/api-docs/index.ts";
import { callOperation, type OperationCall, toJson } from "#lib/testing/api-docs/call-operation.ts";
import { findBreach } from "#lib/testing/api-docs/conformance.ts";
import type { ApiStage, StagePerson } from "#lib/testing/api-docs/stage.ts";

export type Step = {
  /** Who calls: somebody of the stage by a new session, a bearer of one's own, or nobody. */
  as?: StagePerson | { bearer: string } | null;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Files of an upload, by part. */
  parts?: Record<string, Uint8Array>;
};

// biome-ignore lint/suspicious/noExplicitAny: steps read what earlier ones answered; its shape was just checked
export type Api = (id: string, step?: Step) => Promise<any>;

export type Recorded = Example & { id: string };

/**
 * Calls operations by id, as an administrator unless told. Every answer must be one the document describes, and no
 * refusal; each call is kept.
 */
export function createApi(stage: ApiStage, operations: readonly RoutedOperation[], recorded: Recorded[]): Api {
  const byId = new Map(operations.map((operation) => [operation.declaration.describe?.id, operation]));
  return async (id, step = {}) => {
    const operation = byId.get(id);
    if (!operation) throw new Error(`There is no operation ${id}.`);
    const answer = await callOperation(operation, await toCall(stage, step));
    const body = toJson(answer);
    expect([id, answer.status < 400 ? "answered" : body]).toEqual([id, "answered"]);
    expect([id, findBreach(operation, answer)]).toEqual([id, null]);
    const { params, query, body: sent = toShownParts(step.parts) } = step;
    const shown = { ...(params && { params }), ...(query && { query }), ...(sent !== undefined && { body: sent }) };
    recorded.push({ id, ...shown, status: answer.status, ...(body !== null && { answer: body }) });
    return body;
  };
}

/** A bundle differs with every signature, and tells nobody anything. */
function toShownParts(parts: Step["parts"]): Record<string, string> | undefined {
  return (
    parts && { manifest: Buffer.from(parts.manifest ?? []).toString(), bundle: "a Sigstore bundle of these bytes" }
  );
}

async function toCall(stage: ApiStage, step: Step): Promise<OperationCall> {
  const { as = "admin", params, query = {}, body, parts } = step;
  const bearer = typeof as === "string" ? await stage.signIn(as) : as?.bearer;
  return {
    query: Object.entries(query),
    headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
    ...(params && { params }),
    ...(body !== undefined && { body }),
    ...(parts && { content: toForm(parts) }),
  };
}

export function toForm(parts: Record<string, Uint8Array>): FormData {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(parts)) form.set(name, new File([new Uint8Array(bytes)], `${name}.json`));
  return form;
}
