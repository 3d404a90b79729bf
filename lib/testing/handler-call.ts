import type { RouteHandler } from "#lib/http/index.ts";

export type HandlerCall = {
  bearer?: string;
  params?: Record<string, string>;
  /** An object is sent as JSON, a FormData or text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  method?: string;
  path?: string;
};

export type HandlerAnswer = { status: number; headers: Headers; body: Record<string, unknown> };

/** Calls a route handler with whatever headers and body a test makes up, as the framework would. */
export async function callHandler(handler: RouteHandler, call: HandlerCall = {}): Promise<HandlerAnswer> {
  const { bearer, params = {}, body, method = body === undefined ? "GET" : "POST" } = call;
  const headers = new Headers({ "x-forwarded-for": "192.0.2.7", ...call.headers });
  if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
  const raw = body instanceof FormData || typeof body === "string";
  if (body !== undefined && !raw && !headers.has("content-type")) headers.set("content-type", "application/json");
  const content = body === undefined ? null : raw ? body : JSON.stringify(body);
  const url = `http://localhost:3000${call.path ?? "/api/v1/test"}`;
  const at = { params: Promise.resolve(params) };
  const response = await handler(new Request(url, { method, headers, body: content }), at);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
}
