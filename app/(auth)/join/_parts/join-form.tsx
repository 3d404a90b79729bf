"use client";

import { WithLink } from "../../_parts/with-link.tsx";
import { Invitation } from "./invitation.tsx";

export function JoinForm() {
  return <WithLink>{(token) => <Invitation token={token} />}</WithLink>;
}
