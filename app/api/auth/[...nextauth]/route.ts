import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { toAuthOptions } from "#lib/session/index.ts";

type Params = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, at: Params): Promise<Response> {
  return NextAuth(request, at, toAuthOptions());
}

export { handle as GET, handle as POST };
