import type { ReactNode } from "react";

export function AuthCard({ title, text, children }: { title: string; text?: ReactNode; children: ReactNode }) {
  return (
    <section className="rounded-xl border border-line bg-surface p-6">
      <h1 className="text-lg font-semibold">{title}</h1>
      {text ? <p className="mt-1 text-base text-muted">{text}</p> : null}
      <div className="mt-5 [&_[type=submit]]:w-full">{children}</div>
    </section>
  );
}
