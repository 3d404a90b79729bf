"use client";

import { joinAction } from "../../_parts/actions.ts";
import { LinkForm } from "../../_parts/link-form.tsx";
import { Invitee } from "./invitee.tsx";

export function JoinForm() {
  return (
    <LinkForm action={joinAction} submit="Join">
      {(token) => <Invitee token={token} />}
    </LinkForm>
  );
}
