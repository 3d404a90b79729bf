import type { Role } from "#lib/core/context.ts";

type DemoGrant = { role: Role; namespace: string };

export type DemoPerson = { email: string; name: string; grants: DemoGrant[]; does: string };

const everywhere = (role: Role): DemoGrant => ({ role, namespace: "*" });

/** The people of the demo organisation. Their passwords are made at each start and kept nowhere. */
export const demoAdmin: DemoPerson = {
  email: "ada@demo.example",
  name: "Ada Lindqvist",
  grants: [everywhere("admin")],
  does: "administrator",
};

export const demoMembers = {
  secondAdmin: {
    email: "bruno@demo.example",
    name: "Bruno Keller",
    grants: [everywhere("admin")],
    does: "second administrator",
  },
  reviewer: { email: "rhea@demo.example", name: "Rhea Okafor", grants: [everywhere("reviewer")], does: "reviewer" },
  secondReviewer: {
    email: "sam@demo.example",
    name: "Sam Ortiz",
    grants: [everywhere("reviewer")],
    does: "second reviewer",
  },
  publisher: { email: "pia@demo.example", name: "Pia Novak", grants: [everywhere("publisher")], does: "publisher" },
  auditor: { email: "otto@demo.example", name: "Otto Brandt", grants: [everywhere("auditor")], does: "auditor" },
} satisfies Record<string, DemoPerson>;
