type Output = { isTTY?: boolean; write: (text: string) => unknown };

/** Progress of one long step: a line that moves on a terminal, one line at its beginning elsewhere. */
export function createProgressLine(label: string, output: Output) {
  let shown = false;
  const show = (done: number, of: number, what: string): void => {
    if (output.isTTY) output.write(`\r\u001b[2K  ${label} … ${done}/${of} ${what}`);
    else if (!shown) output.write(`  ${label} …\n`);
    shown = true;
  };
  const end = (): void => {
    if (shown && output.isTTY) output.write("\r\u001b[2K");
  };
  return { show, end };
}
