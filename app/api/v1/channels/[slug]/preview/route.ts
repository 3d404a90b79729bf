import * as shapes from "#lib/api-docs/shapes/index.ts";
import { previewSelection, previewSelectionSchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => previewSelection(ctx, input),
  describe: {
    id: "previewSelection",
    summary: "What a selection would change of a channel, or show in a new one. Writes nothing",
    person: ["admin"],
    takes: previewSelectionSchema,
    answers: { 200: shapes.ChannelPreview },
    problems: [],
  },
});
