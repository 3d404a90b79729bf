/** Across the top of every page of a demo instance: what is signed here proves nothing elsewhere. */
export function DemoRibbon() {
  return (
    <section
      aria-label="Kind of instance"
      className="border-b border-unpinned-line bg-unpinned-soft px-4 py-1.5 text-center text-sm text-unpinned"
    >
      <strong className="font-semibold">Demo instance.</strong> Signatures are real but made under a demo trust root. Do
      not rely on them.
    </section>
  );
}
