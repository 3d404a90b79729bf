import type { Capabilities } from "#lib/boot/product.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";

/** Where the capabilities meet the start of the product. */
export const capabilities: Capabilities = {
  async prepare() {},
  async openReadPlane(ctx) {
    return {
      handle: (_request, response) =>
        sendProblem(response, ctx.registryId, "unavailable", "The catalogue is not loaded."),
      close: async () => {},
    };
  },
  async tick() {},
};
