/** Text with `code` between backticks. */
export function WithCode({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <code key={at} className="rounded-sm bg-sunken px-1 font-mono text-sm">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
