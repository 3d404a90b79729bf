import { AuthCard } from "../_parts/auth-card.tsx";
import { SignOutButton } from "./_parts/sign-out-button.tsx";

export const metadata = { title: "Sign out" };

export default function SignOutPage() {
  return (
    <AuthCard title="Sign out?" text="This session ends on this device.">
      <SignOutButton />
    </AuthCard>
  );
}
