import { AuthCard } from "../_parts/auth-card.tsx";
import { ResetForm } from "./_parts/reset-form.tsx";

export const metadata = { title: "New password" };

export default function ResetPage() {
  return (
    <AuthCard title="Choose a new password" text="Every session of your account ends. A second factor stays as it is.">
      <ResetForm />
    </AuthCard>
  );
}
