"use client";

import { resetAction } from "../../_parts/actions.ts";
import { PasswordForm } from "../../_parts/password-form.tsx";
import { WithLink } from "../../_parts/with-link.tsx";

export function ResetForm() {
  return <WithLink>{(token) => <PasswordForm token={token} action={resetAction} submit="Set password" />}</WithLink>;
}
