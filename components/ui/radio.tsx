import { Choice, type ChoiceProps } from "#components/ui/choice.tsx";

/** One of several choices that share a `name`. */
export function Radio(props: ChoiceProps) {
  return <Choice type="radio" {...props} />;
}
