import type { ChannelAudience } from "#lib/channels/view.ts";
import { shellQuote } from "#lib/core/escape.ts";

/** How one client is pointed at a channel: where the text goes, and the text. */
export type Recipe = { client: string; where: string; text: string };

/** Stands in an address for the secret that is not shown. */
export const secretPlaceholder = "<secret>";

/**
 * How clients reach the channel at `base`, an address without a version and without a trailing slash. Clients that cannot
 * send a token are left out of token channels.
 * @throws RangeError when the address holds characters that nobody could see in a command.
 */
export function toRecipes(base: string, audience: ChannelAudience): Recipe[] {
  if (audience === "token") return [toCurl(base)];
  return [
    {
      client: "VS Code",
      where: "In settings.json, or by the policy McpGalleryServiceUrl. Asks for https.",
      text: `"chat.mcp.gallery.serviceUrl": ${JSON.stringify(base)}`,
    },
    {
      client: "GitHub Copilot",
      where: "As MCP registry URL in the Copilot policies of the organisation or enterprise, with “Registry only”.",
      text: base,
    },
    { client: "ToolHive", where: "In a terminal.", text: shellQuote(["thv", "config", "set-registry", base]) },
    { client: "Any HTTP client", where: "Lists what resolves.", text: shellQuote(["curl", `${base}/v0.1/servers`]) },
  ];
}

function toCurl(base: string): Recipe {
  return {
    client: "Any HTTP client",
    where: "In a terminal, with an API token for this channel in the variable COUNTERSIGN_TOKEN.",
    // In double quotes, for the shell must fill in the variable.
    text: `curl --header "Authorization: Bearer $COUNTERSIGN_TOKEN" ${shellQuote([`${base}/v0.1/servers`])}`,
  };
}
