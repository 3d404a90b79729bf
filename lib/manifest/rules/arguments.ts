import type { JsonPath } from "#lib/core/json-pointer.ts";
import { type JsonObject, readBoolean, readList, readObject, readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";
import { checkInputWithVariables, inputFields, maxInputs } from "#lib/manifest/rules/inputs.ts";

const known = [...inputFields, "type", "name", "valueHint", "isRepeated", "variables"];

/** Arguments of a package or of the runtime that starts it. */
export function checkArguments(report: Report, path: JsonPath, value: unknown): void {
  readList(report, path, value, maxInputs, (at, item) => {
    const argument = readObject(report, at, item, { known, required: ["type"] });
    if (!argument) return;
    const type = readText(report, [...at, "type"], argument.type, { oneOf: ["positional", "named"] });
    const name = readText(report, [...at, "name"], argument.name, { maxLength: 255 });
    readText(report, [...at, "valueHint"], argument.valueHint, { maxLength: 255 });
    readBoolean(report, [...at, "isRepeated"], argument.isRepeated);
    checkInputWithVariables(report, at, argument);
    if (type === "positional") checkPositional(report, at, argument);
    if (type === "named") checkNamed(report, at, argument, name ?? "");
  });
}

function checkPositional(report: Report, path: JsonPath, argument: JsonObject): void {
  if (argument.valueHint !== undefined || argument.value !== undefined) return;
  report(path, "positional-argument-hint-or-value-required", "a positional argument needs valueHint or value");
}

function checkNamed(report: Report, path: JsonPath, argument: JsonObject, name: string): void {
  if (name === "") return report([...path, "name"], "named-argument-name-required", "a named argument needs a name");
  if (/[<> $]/.test(name)) {
    report([...path, "name"], "invalid-named-argument-name", `invalid named argument name: ${quote(name)}`);
  }
  const startsWithName = (value: unknown) => typeof value === "string" && value.startsWith(name);
  if (startsWithName(argument.value)) {
    report([...path, "value"], "argument-value-starts-with-name", "the value repeats the argument's name");
  }
  if (startsWithName(argument.default)) {
    report([...path, "default"], "argument-default-starts-with-name", "the default repeats the argument's name");
  }
}
