"use client";

import { FormField } from "#components/admin/form-field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { GitHubActionsClaimsView } from "#lib/publishers/view.ts";

type ClaimName = "repository" | "repositoryId" | "ownerId" | "workflow" | "refPattern";
type Claim = { name: ClaimName; label: string; hint: string; placeholder: string; numeric?: boolean };

const claims: Claim[] = [
  {
    name: "repository",
    label: "Repository",
    hint: "The repository whose workflow ran.",
    placeholder: "https://github.com/acme/weather",
  },
  {
    name: "repositoryId",
    label: "Repository id",
    hint: "A number that stays when a repository is renamed and is never given again: whoever re-creates a deleted name has another. See api.github.com/repos/acme/weather, member “id”.",
    placeholder: "123456789",
    numeric: true,
  },
  {
    name: "ownerId",
    label: "Owner id",
    hint: "The same for the user or organisation, member “owner.id”.",
    placeholder: "9876543",
    numeric: true,
  },
  {
    name: "workflow",
    label: "Workflow",
    hint: "The file that runs the release. Another workflow of the same repository does not match.",
    placeholder: ".github/workflows/release.yml",
  },
  {
    name: "refPattern",
    label: "Branches or tags",
    hint: "The whole ref: refs/tags/v* or refs/heads/main. “*” stays inside one segment; “**” is any number of segments. Protect them on GitHub.",
    placeholder: "refs/tags/v*",
  },
];

/** The claims that are text, each explained. */
export function ClaimFields({ claims: values }: { claims: Partial<GitHubActionsClaimsView> }) {
  return claims.map(({ name, label, hint, placeholder, numeric }) => (
    <FormField key={name} name={`claims.${name}`} label={label} hint={hint}>
      <Input
        required
        maxLength={255}
        defaultValue={values[name] ?? ""}
        placeholder={placeholder}
        inputMode={numeric ? "numeric" : undefined}
        autoComplete="off"
        spellCheck={false}
        className="font-mono text-sm"
      />
    </FormField>
  ));
}
