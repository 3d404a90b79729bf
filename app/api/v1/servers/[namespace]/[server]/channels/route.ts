import * as shapes from "#lib/api-docs/shapes/index.ts";
import { listServerChannels } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, server } }) => listServerChannels(ctx, { name: `${namespace}/${server}` }),
  describe: {
    id: "listServerChannels",
    summary: "The tags of a server and the channels that show it",
    person: ["member"],
    token: ["read"],
    answers: { 200: shapes.ServerChannels },
    problems: ["not-found"],
  },
});
