import type { InputView } from "#lib/manifest/view.ts";
import { compareKeyed, type Keyed } from "#lib/reviews/changes/keyed.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

export type InputPlace = {
  /** What the input belongs to, for the label: "npm @acme/weather". */
  owner: string;
  area: "argument" | "environment";
  /** JSON pointer of the list in the new manifest. */
  pointer: string;
};

/** Arguments, variables or headers, matched by `toKey`. A secret, before or after, is listed as one. */
export function compareInputs<Input extends InputView>(
  before: readonly Input[],
  after: readonly Input[],
  place: InputPlace,
  toKey: (input: Input, index: number) => string = (input) => input.name,
): ChangeView[] {
  const keyed = (inputs: readonly Input[]): Keyed<Input>[] =>
    inputs.map((value, index) => ({ key: toKey(value, index), value, pointer: `${place.pointer}/${index}` }));
  return compareKeyed(keyed(before), keyed(after), describeInput).map(({ key, kind, from, to, pointer }) => ({
    area: from?.value.secret || to?.value.secret ? "secret" : place.area,
    kind,
    label: `${place.owner}: ${key}`,
    before: from ? describeInput(from.value) : null,
    after: to ? describeInput(to.value) : null,
    pointer: pointer ?? place.pointer,
  }));
}

/** Everything about an input that decides what a client does or a person types. */
function describeInput(input: InputView & { type?: string; valueHint?: string | null; repeated?: boolean }): string {
  const facts = [
    input.type ?? null,
    input.required ? "required" : "optional",
    input.secret ? "secret" : null,
    input.repeated ? "repeated" : null,
    labelled("format", input.format),
    labelled("value", input.value),
    labelled("default", input.default),
    labelled("placeholder", input.placeholder),
    labelled("hint", input.valueHint ?? null),
    input.choices.length > 0 ? `choices ${JSON.stringify(input.choices)}` : null,
    labelled("description", input.description),
    ...input.variables.map((variable) => `{${variable.name}}: ${describeInput(variable)}`),
  ];
  return facts.filter((fact) => fact !== null).join(", ");
}

function labelled(label: string, value: string | null): string | null {
  return value === null ? null : `${label} ${JSON.stringify(value)}`;
}
