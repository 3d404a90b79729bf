"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { Button } from "../ui/button.tsx";
import { Input, Select } from "../ui/input.tsx";
import type { ClauseKind, DraftClause } from "./selection-draft.ts";

const kinds: Record<ClauseKind, { label: string; placeholder: string }> = {
  namespace: { label: "Namespace", placeholder: "io.github.acme or io.github.acme.*" },
  server: { label: "Server", placeholder: "io.github.acme/weather" },
  tag: { label: "Tag", placeholder: "finance" },
};

type ClauseRowProps = {
  row: DraftClause;
  /** Read before each control: "Included 2". */
  label: string;
  error: string | null;
  /** Ids of the lists that known names are offered from. */
  offers: Record<ClauseKind, string>;
  onChange: (row: DraftClause) => void;
  onRemove: () => void;
  /** Enter adds a row instead of sending the form. */
  onEnter: () => void;
};

/** One clause: what to select by, which one, and optionally a tag that it must carry. */
export function ClauseRow({ row, label, error, offers, onChange, onRemove, onEnter }: ClauseRowProps) {
  const errorId = useId();
  const wiring = error ? { "aria-invalid": true, "aria-describedby": errorId } : {};
  const typed = {
    autoComplete: "off",
    spellCheck: false,
    onKeyDown: onPlainEnter(onEnter),
    className: "font-mono text-sm",
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 rounded-md border border-line bg-sunken p-2 sm:grid-cols-[8.5rem_minmax(0,1fr)_9rem_auto] sm:border-0 sm:bg-transparent sm:p-0">
      <Select
        aria-label={`${label}, select by`}
        value={row.kind}
        onChange={(event) => onChange(toKind(row, event.target.value as ClauseKind))}
      >
        {Object.entries(kinds).map(([kind, { label: text }]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </Select>
      <span className="order-last col-span-2 sm:order-none sm:col-span-1">
        <Input
          {...typed}
          {...wiring}
          data-clause={row.key}
          aria-label={`${label}, ${kinds[row.kind].label.toLowerCase()}`}
          placeholder={kinds[row.kind].placeholder}
          list={offers[row.kind]}
          maxLength={row.kind === "tag" ? 40 : 300}
          value={row.value}
          onChange={(event) => onChange({ ...row, value: event.target.value })}
        />
      </span>
      {row.kind === "tag" ? (
        <span className="hidden sm:block" />
      ) : (
        <span className="order-last col-span-2 sm:order-none sm:col-span-1">
          <Input
            {...typed}
            aria-label={`${label}, and tag`}
            placeholder="any tag"
            list={offers.tag}
            maxLength={40}
            value={row.tag}
            onChange={(event) => onChange({ ...row, tag: event.target.value })}
          />
        </span>
      )}
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Remove ${label.toLowerCase()}`}
        className="size-9"
        onClick={onRemove}
      >
        <X aria-hidden="true" />
      </Button>
      {error ? (
        <p id={errorId} className="order-last col-span-2 text-sm text-danger sm:col-span-4">
          {error}
        </p>
      ) : null}
    </li>
  );
}

/** What was typed stays when it may mean the same; a tag is never a namespace. */
function toKind(row: DraftClause, kind: ClauseKind): DraftClause {
  const value = row.kind === "tag" || kind === "tag" ? "" : row.value;
  return { key: row.key, kind, value, tag: kind === "tag" ? "" : row.tag };
}

function onPlainEnter(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
}
