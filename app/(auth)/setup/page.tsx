import { AuthCard } from "../_parts/auth-card.tsx";
import { SetUpForm } from "./_parts/set-up-form.tsx";

export const metadata = { title: "First administrator" };

export default function SetUpPage() {
  return (
    <AuthCard
      title="First administrator"
      text="You administer people, namespaces and trust. Reviewing and publishing are separate roles, given on the record."
    >
      <SetUpForm />
    </AuthCard>
  );
}
