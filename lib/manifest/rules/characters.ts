import { classifyCharacter, codePointLabel } from "#lib/core/escape.ts";
import type { JsonPath } from "#lib/core/json-pointer.ts";
import { isJsonObject } from "#lib/manifest/fields.ts";
import type { Report } from "#lib/manifest/report.ts";

/** Keys whose text may run over lines. */
const prose = new Set(["description", "placeholder"]);

/**
 * Looks at every text and key: control characters are refused, what cannot be seen or turns the direction of
 * reading is a warning, since some languages need it. Emoji are left alone.
 */
export function checkCharacters(report: Report, value: unknown, path: JsonPath = []): void {
  if (typeof value === "string") return checkText(report, path, value);
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) checkCharacters(report, item, [...path, at]);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkText(report, [...path, key], key);
      checkCharacters(report, item, [...path, key]);
    }
  }
}

function checkText(report: Report, path: JsonPath, text: string): void {
  if (/^[ -~]*$/.test(text)) return;
  const free = prose.has(String(path.at(-1))) || path[0] === "_meta";
  const found = new Map<string, string[]>();
  for (const character of text.replaceAll(/\p{RGI_Emoji}/gv, "")) {
    const kind = classifyCharacter(character);
    if (kind === "text" || (free && "\t\n\r".includes(character))) continue;
    const labels = found.get(kind) ?? [];
    const label = codePointLabel(character.codePointAt(0) ?? 0);
    if (!labels.includes(label) && labels.length < 5) found.set(kind, [...labels, label]);
  }
  for (const [kind, labels] of found) {
    const message = `holds ${kind} characters: ${labels.join(", ")}`;
    if (kind === "control") report(path, "control-character", message);
    else report(path, "invisible-character", message, "warning");
  }
}
