"use client";

import { resetAction } from "../../_parts/actions.ts";
import { LinkForm } from "../../_parts/link-form.tsx";

export function ResetForm() {
  return <LinkForm action={resetAction} submit="Set password" />;
}
