import Link from "next/link";
import { GrantList } from "#components/admin/grant-list.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { Time } from "#components/ui/time.tsx";
import type { PersonView } from "#lib/access/view.ts";

export function ProfileFacts({ person }: { person: PersonView }) {
  return (
    <Facts>
      <Fact label="Name">{person.name}</Fact>
      <Fact label="Roles">
        <GrantList grants={person.grants} />
      </Fact>
      <Fact label="Owns">
        {person.owns.length === 0
          ? "No namespace"
          : person.owns.map((name) => (
              <Link
                key={name}
                href={`/namespaces/${encodeURIComponent(name)}`}
                className="block font-mono text-sm text-accent hover:underline"
              >
                {name}
              </Link>
            ))}
      </Fact>
      <Fact label="Joined">
        <Time at={person.createdAt} absolute />
      </Fact>
    </Facts>
  );
}
