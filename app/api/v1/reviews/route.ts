import { route } from "#lib/http/index.ts";
import { getQueue, QueueInput } from "#lib/reviews/index.ts";

export const GET = route({
  caller: "authenticated",
  input: QueueInput,
  run: ({ ctx, input }) => getQueue(ctx, input),
});
