import { AuthCard } from "../_parts/auth-card.tsx";
import { JoinForm } from "./_parts/join-form.tsx";

export const metadata = { title: "Join" };

export default function JoinPage() {
  return (
    <AuthCard title="Join this registry" text="You were invited. Choose a password to make your account.">
      <JoinForm />
    </AuthCard>
  );
}
