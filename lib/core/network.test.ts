import { expect, it } from "vitest";
import { toNetwork } from "#lib/core/network.ts";

it.each([
  [null, "unknown"],
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::6", "2001:db8:1:2::/64"],
  ["2001:db8::6", "2001:db8:0:0::/64"],
  ["::1", ":0:0:0::/64"],
])("counts %j as %s", (address, network) => expect(toNetwork(address)).toBe(network));
