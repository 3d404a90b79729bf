import * as shapes from "#lib/api-docs/shapes/index.ts";
import { channelRefSchema, enableChannel } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => enableChannel(ctx, input),
  describe: {
    id: "enableChannel",
    summary: "Opens a disabled channel again",
    person: ["admin"],
    takes: channelRefSchema,
    answers: { 200: shapes.Channel },
    problems: ["reauthentication-required", "not-found", "state-conflict"],
  },
});
