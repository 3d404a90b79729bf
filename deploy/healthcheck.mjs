// Exit code 0 when this container's process should be sent requests.
const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/readyz`;
const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
process.exit(response?.status === 200 ? 0 : 1);
