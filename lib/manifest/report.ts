import { escapeForTerminal } from "#lib/core/escape.ts";
import { type JsonPath, toPointer } from "#lib/core/json-pointer.ts";
import type { ValidationIssue, ValidationSeverity } from "#lib/manifest/view.ts";

/** How a rule says what is wrong. The message may quote the document only through `quote`. */
export type Report = (path: JsonPath, code: string, message: string, severity?: ValidationSeverity) => void;

const maxIssues = 200;

/** A list of issues and the function that adds to it. After 200 issues it ends with one that says so. */
export function collectIssues(): { issues: ValidationIssue[]; report: Report } {
  const issues: ValidationIssue[] = [];
  const report: Report = (path, code, message, severity = "error") => {
    if (issues.length < maxIssues) issues.push({ code, severity, pointer: toPointer(path), message });
    else if (issues.length === maxIssues) {
      issues.push({ code: "too-many-issues", severity: "error", pointer: "", message: "More issues are not listed." });
    }
  };
  return { issues, report };
}

/** Text of the document inside a message: escaped, short, in quotes. */
export function quote(text: string): string {
  return `"${escapeForTerminal(text, { maxChars: 120 })}"`;
}
