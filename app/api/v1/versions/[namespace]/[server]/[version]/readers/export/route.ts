import { exportReaders, readerFilterSchema } from "#lib/channels/index.ts";
import { anyInput, replyLines, route } from "#lib/http/index.ts";
import { readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx, input: { namespace: _in, server: _of, ...filter }, request }) => {
    const { name, version } = readVersionAddress(request.url);
    const lines = await exportReaders(ctx, { ...filter, name, version });
    return { lines, fileName: `${name}@${version}-readers.csv` };
  },
  reply: ({ lines, fileName }) => replyLines(lines, "text/csv; charset=utf-8", fileName),
  describe: {
    id: "exportReaders",
    summary: "Everybody who resolved a version, as CSV",
    person: ["owner", "reviewer", "auditor", "admin"],
    token: ["audit"],
    takes: readerFilterSchema,
    answers: { 200: { mediaType: "text/csv" } },
    problems: ["not-found"],
  },
});
