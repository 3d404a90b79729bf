"use client";

import { Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { ClauseRow } from "./clause-row.tsx";
import { addClause, type ClauseKind, type DraftClause } from "./selection-draft.ts";

const maxRows = 200;

type ClauseListProps = {
  /** "Included" or "Excluded": names the list and each of its rows. */
  label: string;
  addLabel: string;
  rows: DraftClause[];
  errors: Map<number, string>;
  offers: Record<ClauseKind, string>;
  onChange: (rows: DraftClause[]) => void;
};

/** Clauses of which any may match. A new row takes the focus; where one was removed, its neighbour does. */
export function ClauseList({ label, addLabel, rows, errors, offers, onChange }: ClauseListProps) {
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    box.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = null;
  });
  const add = () => {
    if (rows.length >= maxRows) return;
    const next = addClause(rows, rows.at(-1)?.kind ?? "namespace");
    wanted.current = `[data-clause="${next.at(-1)?.key}"]`;
    onChange(next);
  };
  const remove = (at: number) => {
    const neighbour = rows[at + 1] ?? rows[at - 1];
    wanted.current = neighbour ? `[data-clause="${neighbour.key}"]` : "[data-add]";
    onChange(rows.toSpliced(at, 1));
  };
  return (
    <div ref={box} className="grid justify-items-start gap-2">
      {rows.length > 0 ? (
        <ul aria-label={label} className="grid w-full gap-2">
          {rows.map((row, at) => (
            <ClauseRow
              key={row.key}
              row={row}
              label={`${label} ${at + 1}`}
              error={errors.get(row.key) ?? null}
              offers={offers}
              onChange={(next) => onChange(rows.with(at, next))}
              onRemove={() => remove(at)}
              onEnter={add}
            />
          ))}
        </ul>
      ) : null}
      <Button size="sm" data-add onClick={add} disabled={rows.length >= maxRows}>
        <Plus aria-hidden="true" /> {addLabel}
      </Button>
    </div>
  );
}
