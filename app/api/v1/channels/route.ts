import * as shapes from "#lib/api-docs/shapes/index.ts";
import { createChannel, createChannelSchema, listChannels } from "#lib/channels/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ channels: await listChannels(ctx) }),
  describe: {
    id: "listChannels",
    summary: "Every channel, without the addresses that are secret",
    person: ["member"],
    token: ["read"],
    answers: { 200: shapes.Channels },
  },
});

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => createChannel(ctx, input),
  reply: replyCreated,
  describe: {
    id: "createChannel",
    summary: "Makes a channel",
    person: ["admin"],
    takes: createChannelSchema,
    answers: { 201: shapes.CreatedChannel },
    problems: ["reauthentication-required", "name-taken", "conflict"],
  },
});
