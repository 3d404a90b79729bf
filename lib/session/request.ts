import { cookies, headers } from "next/headers";

/** Headers of the request being answered; readable from pages, actions and route handlers. */
export async function requestHeaders(): Promise<Headers> {
  return new Headers(await headers());
}

export async function requestCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(name)?.value;
}
