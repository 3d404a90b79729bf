import { Choice, type ChoiceProps } from "#components/ui/choice.tsx";

/** A choice of its own: yes or no. */
export function Checkbox(props: ChoiceProps) {
  return <Choice type="checkbox" {...props} />;
}
