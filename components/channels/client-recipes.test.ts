import { describe, expect, it } from "vitest";
import { secretPlaceholder, toRecipes } from "./client-recipes.ts";

const base = "https://registry.example.com/c/partners";
const textsOf = (recipes: { text: string }[]) => recipes.map(({ text }) => text);

describe("toRecipes", () => {
  it("points clients without credentials at the address itself", () => {
    expect(textsOf(toRecipes(base, "anonymous"))).toEqual([
      `"chat.mcp.gallery.serviceUrl": "${base}"`,
      base,
      `thv config set-registry ${base}`,
      `curl ${base}/v0.1/servers`,
    ]);
  });

  it("does not let the placeholder of a secret redirect a shell", () => {
    const [, , toolhive] = toRecipes(`${base}/${secretPlaceholder}`, "capability");
    expect(toolhive?.text).toBe(`thv config set-registry '${base}/<secret>'`);
  });

  it("offers a token channel to clients that can send a token, which stays out of the command", () => {
    expect(textsOf(toRecipes(base, "token"))).toEqual([
      `curl --header "Authorization: Bearer $COUNTERSIGN_TOKEN" ${base}/v0.1/servers`,
    ]);
  });
});
