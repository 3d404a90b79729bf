import * as shapes from "#lib/api-docs/shapes/index.ts";
import { tagServer, tagServerSchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const PUT = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, server, ...rest } }) => tagServer(ctx, { ...rest, name: `${namespace}/${server}` }),
  describe: {
    id: "tagServer",
    summary: "Sets the tags of a server, which channels select by",
    person: ["admin"],
    takes: tagServerSchema.omit({ name: true }),
    answers: { 200: shapes.ServerChannels },
    problems: ["reauthentication-required", "not-found"],
  },
});
