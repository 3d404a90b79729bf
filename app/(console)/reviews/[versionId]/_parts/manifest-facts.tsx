import { ExternalLink } from "#components/ui/external-link.tsx";
import { Fact, Facts } from "#components/ui/facts.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ManifestView } from "#lib/manifest/view.ts";

/** The descriptive fields of a manifest. */
export function ManifestFacts({ manifest }: { manifest: ManifestView }) {
  const { title, description, repository, websiteUrl, icons } = manifest;
  return (
    <Facts>
      {title ? (
        <Fact label="Title">
          <VisibleText text={title} />
        </Fact>
      ) : null}
      <Fact label="Description">
        <VisibleText text={description} />
      </Fact>
      {repository ? (
        <Fact label="Repository">
          <ExternalLink href={repository.url}>
            <VisibleText text={repository.url} />
          </ExternalLink>
          {repository.subfolder ? (
            <VisibleText text={repository.subfolder} className="block font-mono text-sm" />
          ) : null}
        </Fact>
      ) : null}
      {websiteUrl ? (
        <Fact label="Website">
          <ExternalLink href={websiteUrl}>
            <VisibleText text={websiteUrl} />
          </ExternalLink>
        </Fact>
      ) : null}
      {icons.length > 0 ? (
        <Fact label="Icons">
          {icons.map((icon) => (
            <VisibleText key={icon} text={icon} className="block text-sm" />
          ))}
          <span className="text-sm text-muted">Not loaded here</span>
        </Fact>
      ) : null}
    </Facts>
  );
}
