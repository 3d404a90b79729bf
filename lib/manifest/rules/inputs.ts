import type { JsonPath } from "#lib/core/json-pointer.ts";
import { isJsonObject, type JsonObject, readBoolean, readList, readObject, readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";
import { listTemplateNames } from "#lib/manifest/rules/address.ts";

export const inputFields = [
  "description",
  "isRequired",
  "format",
  "value",
  "isSecret",
  "default",
  "placeholder",
  "choices",
] as const;

const formats = ["string", "number", "boolean", "filepath"];
const maxChoices = 500;
const maxVariables = 100;
export const maxInputs = 200;

/** The part that arguments, environment variables, headers and variables share. */
export function checkInput(report: Report, path: JsonPath, input: JsonObject): void {
  for (const key of ["description", "value", "default", "placeholder"]) readText(report, [...path, key], input[key]);
  readText(report, [...path, "format"], input.format, { oneOf: formats });
  readBoolean(report, [...path, "isRequired"], input.isRequired);
  readBoolean(report, [...path, "isSecret"], input.isSecret);
  readList(report, [...path, "choices"], input.choices, maxChoices, (at, item) => readText(report, at, item));
  warnOfSecret(report, path, input);
}

/** A secret whose value stands in the manifest is no secret; every reader of the registry sees it. */
function warnOfSecret(report: Report, path: JsonPath, input: JsonObject): void {
  if (input.isSecret !== true) return;
  const given = typeof input.value === "string" && input.value.replace(/\{[^{}]*\}/g, "").trim() !== "";
  const templated = typeof input.value === "string" && listTemplateNames(input.value).length > 0;
  if (given && !templated) {
    report([...path, "value"], "secret-has-value", "a secret's value is public here", "warning");
  }
  if (typeof input.default === "string" && input.default !== "") {
    report([...path, "default"], "secret-has-default", "a secret's default is public here", "warning");
  }
}

/** A map of variables whose names may stand in `{braces}` in the value beside it. Keys are data. */
export function checkVariables(report: Report, path: JsonPath, value: unknown): void {
  if (value === undefined) return;
  if (!isJsonObject(value)) return report(path, "schema-type-mismatch", "must be an object");
  const entries = Object.entries(value);
  if (entries.length > maxVariables) return report(path, "too-many-items", `must have at most ${maxVariables} entries`);
  for (const [name, item] of entries) {
    const variable = readObject(report, [...path, name], item, { known: inputFields });
    if (variable) checkInput(report, [...path, name], variable);
  }
}

/** An input whose value may hold variables: an argument, header or environment variable. */
export function checkInputWithVariables(report: Report, path: JsonPath, input: JsonObject): void {
  checkInput(report, path, input);
  checkVariables(report, [...path, "variables"], input.variables);
  warnOfUndeclared(report, path, input);
}

function warnOfUndeclared(report: Report, path: JsonPath, input: JsonObject): void {
  if (typeof input.value !== "string") return;
  const variables = isJsonObject(input.variables) ? input.variables : {};
  for (const name of listTemplateNames(input.value)) {
    if (Object.hasOwn(variables, name)) continue;
    const message = `${quote(`{${name}}`)} is not declared in variables and stays as it is`;
    report([...path, "value"], "undeclared-template-variable", message, "warning");
  }
}

/** Headers and environment variables: a list of named inputs. */
export function checkKeyValueInputs(report: Report, path: JsonPath, value: unknown): void {
  const known = [...inputFields, "name", "variables"];
  readList(report, path, value, maxInputs, (at, item) => {
    const input = readObject(report, at, item, { known, required: ["name"] });
    if (!input) return;
    readText(report, [...at, "name"], input.name, { minLength: 1, maxLength: 255 });
    checkInputWithVariables(report, at, input);
  });
}
