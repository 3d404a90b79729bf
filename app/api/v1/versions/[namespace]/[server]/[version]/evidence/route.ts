import { evidencePack } from "#lib/approval/index.ts";
import { anyInput, replyFile, route } from "#lib/http/index.ts";
import { readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx, request }) => {
    const address = readVersionAddress(request.url);
    return { pack: await evidencePack(ctx, address), fileName: `${address.name}@${address.version}-evidence.zip` };
  },
  reply: ({ pack, fileName }) => replyFile(pack, "application/zip", fileName),
  describe: {
    id: "getEvidence",
    summary: "Everything needed to check a version without this registry",
    person: ["owner", "reviewer", "publisher", "auditor", "admin"],
    token: ["read"],
    answers: { 200: { mediaType: "application/zip" } },
    problems: ["not-found"],
  },
});
