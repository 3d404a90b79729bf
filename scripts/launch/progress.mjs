// One step of a start: a running clock on a terminal, one line at its beginning and end elsewhere.

/** @param {string} label @param {() => Promise<T>} work @returns {Promise<T>} @template T */
export async function withProgress(label, work) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(0)} s`;
  const live = process.stdout.isTTY;
  const draw = () => process.stdout.write(`\r\u001b[2K  ${label} … ${seconds()}`);
  const timer = live ? setInterval(draw, 500) : undefined;
  if (!live) console.log(`  ${label} …`);
  try {
    const result = await work();
    if (live) process.stdout.write("\r\u001b[2K");
    console.log(`  ${label}: done in ${seconds()}`);
    return result;
  } catch (error) {
    if (live) process.stdout.write("\r\u001b[2K");
    console.log(`  ${label}: failed after ${seconds()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
