import type { ReactNode } from "react";

type UnfoldProps<Item> = {
  items: readonly Item[];
  /** How many are shown before the rest is folded away; one more is shown rather than folded alone. */
  first: number;
  /** What they are, for "12 more rows". */
  noun: string;
  children: (items: readonly Item[]) => ReactNode;
};

/** A list of which the first are shown and the rest unfolds, by pointer or keyboard and before any script runs. */
export function Unfold<Item>({ items, first, noun, children }: UnfoldProps<Item>) {
  if (items.length <= first + 1) return children(items);
  return (
    <>
      {children(items.slice(0, first))}
      <details>
        <summary className="w-fit rounded-sm py-0.5 text-sm text-accent hover:underline">
          {items.length - first} more {noun}
        </summary>
        {children(items.slice(first))}
      </details>
    </>
  );
}
