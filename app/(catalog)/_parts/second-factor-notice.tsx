import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { getAccount, isAdmin } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";

/** Asks an administrator whom the password alone signs in for a second factor. It goes away by having one. */
export async function SecondFactorNotice({ ctx }: { ctx: Ctx }) {
  if (!isAdmin(ctx.actor) || (await getAccount(ctx)).totp) return null;
  return (
    <Banner
      tone="neutral"
      title="Your password alone signs you in"
      className="mb-6"
      actions={
        <Button asChild size="sm">
          <Link href="/account#second-factor">
            <ShieldCheck aria-hidden="true" /> Set up an authenticator
          </Link>
        </Button>
      }
    >
      You administer this registry: whoever learns that password decides who publishes, reviews and reads. A code from
      an authenticator app keeps them out.
    </Banner>
  );
}
