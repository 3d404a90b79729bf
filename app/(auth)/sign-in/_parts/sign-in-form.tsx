"use client";

import { type FormEvent, useState } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { type SignInRefusal, type SignInResult, signInWithPassword } from "#lib/session/client.ts";
import { PasswordInput } from "../../_parts/password-input.tsx";
import { refusalTexts } from "./refusal-texts.ts";

const unavailable: SignInResult = { ok: false, refusal: "unavailable" };

/** E-mail and password, then, for accounts that have one, the code. Goes on by a full navigation to `next`. */
export function SignInForm({ next }: { next: string }) {
  const [asksCode, setAsksCode] = useState(false);
  const [refusal, setRefusal] = useState<SignInRefusal | null>(null);
  const [pending, setPending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = (name: string) => String(new FormData(event.currentTarget).get(name) ?? "");
    const input = { email: field("email"), password: field("password"), totp: field("totp").replaceAll(" ", "") };
    setPending(true);
    const result = await signInWithPassword(input).catch(() => unavailable);
    if (result.ok) return window.location.assign(next);
    setPending(false);
    const wantsCode = result.refusal === "totp-required";
    setRefusal(wantsCode && !asksCode ? null : result.refusal);
    if (wantsCode) setAsksCode(true);
  };
  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {refusal ? (
        <Banner tone="revoked" title={refusalTexts[refusal].title} live>
          {refusalTexts[refusal].text}
        </Banner>
      ) : null}
      <Field label="E-mail">
        <Input name="email" type="email" autoComplete="username" required maxLength={254} readOnly={asksCode} />
      </Field>
      <Field label="Password">
        <PasswordInput name="password" autoComplete="current-password" required readOnly={asksCode} />
      </Field>
      {asksCode ? <CodeField /> : null}
      <Button type="submit" variant="primary" busy={pending}>
        {asksCode ? "Confirm code" : "Sign in"}
      </Button>
    </form>
  );
}

function CodeField() {
  return (
    <Field label="Code from your authenticator" hint="Six digits; each code works once.">
      <Input
        name="totp"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]*"
        maxLength={9}
        required
        autoFocus
      />
    </Field>
  );
}
