import * as shapes from "#lib/api-docs/shapes/index.ts";
import { channelReadersQuerySchema, listChannelReaders } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => listChannelReaders(ctx, input),
  describe: {
    id: "listChannelReaders",
    summary: "Who read from a channel in the last 30 days, latest first",
    person: ["admin", "auditor"],
    token: ["audit"],
    takes: channelReadersQuerySchema,
    answers: { 200: shapes.Readers },
    problems: ["not-found"],
  },
});
