import { redirect } from "next/navigation";
import { pageCtx } from "#lib/session/index.ts";
import { safeNextPath } from "../../_parts/next-path.ts";
import { AuthCard } from "../_parts/auth-card.tsx";
import { SignInForm } from "./_parts/sign-in-form.tsx";

export const metadata = { title: "Sign in" };

type PageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: PageProps) {
  const next = safeNextPath((await searchParams).next);
  if ((await pageCtx()).actor.kind === "person") redirect(next);
  return (
    <AuthCard title="Sign in">
      <SignInForm next={next} />
      <p className="mt-4 text-sm text-muted">
        No password, or forgotten? Ask an administrator of this registry for a link.
      </p>
    </AuthCard>
  );
}
