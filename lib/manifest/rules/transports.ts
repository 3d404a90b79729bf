import type { JsonPath } from "#lib/core/json-pointer.ts";
import { isJsonObject, type JsonObject, readObject, readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";
import { isLoopbackHost, listTemplateNames, parseTemplatedUrl } from "#lib/manifest/rules/address.ts";
import { checkKeyValueInputs, checkVariables } from "#lib/manifest/rules/inputs.ts";

const known = ["type", "url", "headers", "variables"];

/**
 * How a client talks to a package it started.
 * @param variables names that may stand in braces in the URL: environment, argument names and value hints.
 */
export function checkPackageTransport(
  report: Report,
  path: JsonPath,
  value: unknown,
  variables: ReadonlySet<string>,
): void {
  const read = readTransport(report, path, value);
  if (!read) return;
  const { transport, type, url } = read;
  const at = [...path, "url"];
  if (type === "stdio") {
    if (url) report(at, "stdio-transport-url-not-empty", `url must be empty for stdio transport type: ${quote(url)}`);
  } else if (type === "streamable-http" || type === "sse") {
    if (!url) report(at, "streamable-transport-url-required", `url is required for ${type} transport type`);
    else checkTemplate(report, at, url, new Set([...variables, ...keysOf(transport.variables)]));
  } else if (type !== undefined) {
    report([...path, "type"], "unsupported-transport-type", `unsupported transport type: ${quote(type)}`);
  }
}

/** A server that runs elsewhere: https only, never the reader's own machine. */
export function checkRemote(report: Report, path: JsonPath, value: unknown): void {
  const read = readTransport(report, path, value);
  if (!read) return;
  const { transport, type, url } = read;
  const at = [...path, "url"];
  if (type !== undefined && type !== "streamable-http" && type !== "sse") {
    report([...path, "type"], "unsupported-remote-transport-type", `unsupported for remotes: ${quote(type)}`);
    return;
  }
  if (type === "sse") report([...path, "type"], "sse-deprecated", "sse is deprecated; use streamable-http", "info");
  if (!url)
    return report(at, "remote-transport-url-required", `url is required for ${type ?? "remote"} transport type`);
  const sample = parseTemplatedUrl(url);
  if (sample?.protocol !== "https:" || isLoopbackHost(sample.hostname)) {
    return report(at, "invalid-remote-url", `invalid remote URL (https, no local host): ${quote(url)}`);
  }
  checkTemplate(report, at, url, keysOf(transport.variables));
}

function readTransport(report: Report, path: JsonPath, value: unknown) {
  const transport = readObject(report, path, value, { known, required: ["type"] });
  if (!transport) return undefined;
  checkKeyValueInputs(report, [...path, "headers"], transport.headers);
  checkVariables(report, [...path, "variables"], transport.variables);
  const type = readText(report, [...path, "type"], transport.type);
  return { transport, type, url: readText(report, [...path, "url"], transport.url) };
}

function checkTemplate(report: Report, path: JsonPath, url: string, declared: ReadonlySet<string>): void {
  const missing = listTemplateNames(url).filter((name) => !declared.has(name));
  if (!parseTemplatedUrl(url)) report(path, "invalid-templated-url", `is no http(s) URL with a host: ${quote(url)}`);
  else if (missing.length > 0) {
    const names = missing.map((name) => quote(name)).join(", ");
    report(path, "invalid-templated-url", `template variables in URL are not declared: ${names}`);
  }
}

function keysOf(value: unknown): ReadonlySet<string> {
  return new Set(isJsonObject(value) ? Object.keys(value satisfies JsonObject) : []);
}
