import Link from "next/link";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { Time } from "#components/ui/time.tsx";
import type { PersonView } from "#lib/access/view.ts";

export function PersonFacts({ person, now }: { person: PersonView; now: Date }) {
  return (
    <Facts>
      <Fact label="Joined">
        <Time at={person.createdAt} absolute />
      </Fact>
      <Fact label="Last seen">{person.lastSeenAt ? <Time at={person.lastSeenAt} now={now} /> : "Never"}</Fact>
      <Fact label="Second factor">{person.totp ? "Authenticator app" : "Off: password alone"}</Fact>
      <Fact label="Owns">{person.owns.length === 0 ? "No namespace" : <OwnedNamespaces names={person.owns} />}</Fact>
    </Facts>
  );
}

function OwnedNamespaces({ names }: { names: string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <Link
            href={`/namespaces/${encodeURIComponent(name)}`}
            className="font-mono text-sm text-accent hover:underline"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
