import * as shapes from "#lib/api-docs/shapes/index.ts";
import { channelRefSchema, disableChannel } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => disableChannel(ctx, input),
  describe: {
    id: "disableChannel",
    summary: "Closes a channel to everybody",
    person: ["admin"],
    takes: channelRefSchema,
    answers: { 200: shapes.Channel },
    problems: ["not-found", "state-conflict"],
  },
});
