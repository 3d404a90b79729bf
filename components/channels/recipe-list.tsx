import type { ChannelAudience } from "#lib/channels/view.ts";
import { CommandBlock } from "../ui/command-block.tsx";
import { toRecipes } from "./client-recipes.ts";

/** What to write where, so that clients read the channel at `base`. */
export function RecipeList({ base, audience }: { base: string; audience: ChannelAudience }) {
  return (
    <>
      {audience === "token" ? (
        <p className="mb-4 text-sm text-muted">
          VS Code and GitHub Copilot send no credentials: they need an anonymous channel, or one with a secret address.
        </p>
      ) : null}
      <ul className="grid gap-5">
        {toRecipes(base, audience).map(({ client, where, text }) => (
          <li key={client} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
            <h3 className="font-medium">{client}</h3>
            <p className="text-sm text-muted">{where}</p>
            <CommandBlock command={text} label={`for ${client}`} />
          </li>
        ))}
      </ul>
    </>
  );
}
