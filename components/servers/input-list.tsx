import { Lock } from "lucide-react";
import type { ArgumentView, InputView } from "#lib/manifest/view.ts";
import { Badge } from "../ui/badge.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** Arguments, environment variables or headers that a package or remote takes. */
export function InputList({ title, inputs }: { title: string; inputs: (InputView | ArgumentView)[] }) {
  if (inputs.length === 0) return null;
  return (
    <div>
      <h4 className="text-sm font-medium text-muted">{title}</h4>
      <ul className="mt-1 divide-y divide-line rounded-md border border-line">
        {inputs.map((input, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: positional arguments have no other identity
          <InputRow key={at} input={input} />
        ))}
      </ul>
    </div>
  );
}

function InputRow({ input }: { input: InputView | ArgumentView }) {
  const name = input.name || ("valueHint" in input ? input.valueHint : null) || input.value || "value";
  return (
    <li className="px-3 py-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <VisibleText text={name} className="font-mono text-sm font-medium" />
        {input.secret ? (
          <Badge tone="pending" icon={Lock}>
            Secret
          </Badge>
        ) : null}
        {input.required ? <Badge>Required</Badge> : null}
        {"repeated" in input && input.repeated ? <Badge>Repeatable</Badge> : null}
      </p>
      {input.description ? (
        <p className="text-sm text-muted">
          <VisibleText text={input.description} />
        </p>
      ) : null}
      <InputDefaults input={input} />
      {input.variables.length > 0 ? (
        <div className="mt-2">
          <InputList title="Where" inputs={input.variables} />
        </div>
      ) : null}
    </li>
  );
}

function InputDefaults({ input }: { input: InputView }) {
  const facts: [string, string][] = [];
  if (input.value !== null) facts.push(["Fixed value", input.value]);
  if (input.default !== null) facts.push(["Default", input.default]);
  if (input.choices.length > 0) facts.push(["One of", input.choices.join(", ")]);
  if (input.placeholder !== null) facts.push(["Example", input.placeholder]);
  return facts.map(([label, value]) => (
    <p key={label} className="text-sm text-muted">
      {label}: <VisibleText text={value} className="font-mono text-ink" />
    </p>
  ));
}
