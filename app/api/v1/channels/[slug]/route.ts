import * as shapes from "#lib/api-docs/shapes/index.ts";
import { getChannel, updateChannel, updateChannelSchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { slug } }) => getChannel(ctx, { slug }),
  describe: {
    id: "getChannel",
    summary: "One channel with its selection and what is known of its secrets",
    person: ["admin", "auditor"],
    token: ["audit"],
    answers: { 200: shapes.Channel },
    problems: ["not-found"],
  },
});

export const PATCH = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => updateChannel(ctx, input),
  describe: {
    id: "updateChannel",
    summary: "Changes what is named of a channel",
    person: ["admin"],
    takes: updateChannelSchema,
    answers: { 200: shapes.Channel },
    problems: ["reauthentication-required", "not-found", "conflict"],
  },
});
