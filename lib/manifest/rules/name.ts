import { readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";

const part = {
  namespace: /^[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9]$/,
  server: /^[a-zA-Z0-9][a-zA-Z0-9._-]*[a-zA-Z0-9]$/,
};

/** Name as the official code (not the looser schema) has it: two parts of two or more characters, one slash. */
export function checkName(report: Report, value: unknown): void {
  const name = readText(report, ["name"], value, { minLength: 3, maxLength: 200 });
  const fault = name === undefined ? null : findNameFault(name);
  if (fault) report(["name"], "invalid-server-name", fault);
}

/** Why a text is no server name, or null. Lengths are checked elsewhere. */
export function findNameFault(name: string): string | null {
  const parts = name.split("/");
  if (parts.length < 2) return `server name must be namespace/name, got ${quote(name)}`;
  if (parts.length > 2) return "server name cannot contain multiple slashes";
  const [namespace = "", server = ""] = parts;
  if (namespace === "" || server === "") return "server name needs a non-empty namespace and name";
  if (!part.namespace.test(namespace) || namespace.includes("..")) {
    return `namespace ${quote(namespace)} must be two or more of a-z A-Z 0-9 . - and start and end with a letter or digit`;
  }
  if (!part.server.test(server)) {
    return `name ${quote(server)} must be two or more of a-z A-Z 0-9 . _ - and start and end with a letter or digit`;
  }
  return null;
}

/** Whether a text has the exact form of a server name, length included. */
export function isServerName(text: string): boolean {
  return text.length >= 3 && text.length <= 200 && findNameFault(text) === null;
}
