import * as shapes from "#lib/api-docs/shapes/index.ts";
import { previewTags, tagServerSchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, server, ...rest } }) =>
    previewTags(ctx, { ...rest, name: `${namespace}/${server}` }),
  describe: {
    id: "previewTags",
    summary: "Which channels a server would enter and leave with other tags. Writes nothing",
    person: ["admin"],
    takes: tagServerSchema.omit({ name: true }),
    answers: { 200: shapes.TagPreview },
    problems: ["not-found"],
  },
});
