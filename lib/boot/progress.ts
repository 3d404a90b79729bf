/** Progress of a start: one line that is redrawn on a terminal, a line per step elsewhere. */
export function createProgress(title: string) {
  const terminal = process.stdout.isTTY;
  const began = performance.now();
  const show = (text: string) => {
    if (terminal) process.stdout.write(`\r\u001b[2K  ${text}`);
    else process.stdout.write(`  ${text}\n`);
  };
  return {
    step: (done: number, of: number, what: string) => show(`${title}: ${what} (${done}/${of})`),
    end: () => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      show(`${title} ready in ${seconds} s.`);
      if (terminal) process.stdout.write("\n");
    },
  };
}
