import { expect, it } from "vitest";
import type { ServerChannelView } from "#lib/channels/view.ts";
import { toPlaces } from "./places.ts";

const registry = "https://registry.example.com";
const ours: ServerChannelView = { slug: "default", label: "Default", audience: "anonymous", address: registry };
const open: ServerChannelView = { slug: "open", label: "Open", audience: "anonymous", address: `${registry}/c/open` };
const team: ServerChannelView = { slug: "team", label: "Team", audience: "token", address: `${registry}/c/team` };
const secret: ServerChannelView = { slug: "partners", label: "Partners", audience: "capability", address: null };
const placesOf = (...channels: ServerChannelView[]) =>
  toPlaces({ membership: { name: "com.acme/weather", tags: [], channels } }, registry);

it("prefers the registry's own address, then another that is open, then one that asks for a credential", () => {
  expect(placesOf(ours, open, team)).toEqual({ open: "", channel: null });
  expect(placesOf(team, open)).toEqual({ open: "/c/open", channel: "open" });
  expect(placesOf(secret)).toEqual({ open: null, channel: "partners" });
  expect(placesOf({ ...ours, audience: "token" }, secret)).toEqual({ open: null, channel: "default" });
});

it("has no open place where no channel shows the server", () => {
  expect(placesOf()).toEqual({ open: null, channel: null });
});

it("takes a visitor's server to be in the default channel", () => {
  expect(toPlaces({ membership: null }, registry)).toEqual({ open: "", channel: null });
});
