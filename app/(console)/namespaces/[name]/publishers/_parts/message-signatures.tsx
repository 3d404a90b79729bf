"use client";

import { Checkbox } from "#components/ui/checkbox.tsx";

/** The switch every rule has. */
export function MessageSignatures() {
  return (
    <Checkbox
      name="allowMessageSignatures"
      label="Accept plain message signatures too"
      hint="As made by “cosign sign-blob”. They do not say for which registry, name and version they were meant, so an old one could be used elsewhere; they must be younger than 15 minutes. Leave off when the publisher uses countersign or signs statements."
    />
  );
}
