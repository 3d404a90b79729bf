import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getAccount, listSessions } from "#lib/access/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { PasswordForm } from "./_parts/password-form.tsx";
import { ProfileFacts } from "./_parts/profile-facts.tsx";
import { SecondFactor } from "./_parts/second-factor.tsx";
import { SessionList } from "./_parts/session-list.tsx";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const ctx = await pageCtx();
  const [person, sessions] = await loadPage("/account", () => Promise.all([getAccount(ctx), listSessions(ctx)]));
  return (
    <>
      <PageHeader title="Account" description={person.email} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <Card title="Profile" description="Kept by the administrators of this registry.">
            <ProfileFacts person={person} />
          </Card>
          <Card
            id="second-factor"
            title="Second factor"
            description="A code from an authenticator app, asked for after the password."
          >
            <SecondFactor enabled={person.totp} />
          </Card>
        </div>
        <Card title="Password" description="At least 12 characters; a few words together do well.">
          <PasswordForm totp={person.totp} />
        </Card>
        <Card title="Sessions" description="Where you are signed in." flush className="lg:col-span-2">
          <SessionList sessions={sessions} now={ctx.now()} />
        </Card>
      </div>
    </>
  );
}
