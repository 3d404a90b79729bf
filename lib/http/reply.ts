/** JSON of a view. */
export function replyJson(view: unknown, status = 200): Response {
  return new Response(JSON.stringify(view), { status, headers: { "content-type": "application/json; charset=utf-8" } });
}

export function replyCreated(view: unknown): Response {
  return replyJson(view, 201);
}

export function replyNothing(): Response {
  return new Response(null, { status: 204 });
}

/** Bytes as a download. `fileName` must be plain ASCII; everything but letters, digits, dot, dash, underscore and @ becomes a dash. */
export function replyFile(bytes: Uint8Array, type: string, fileName: string): Response {
  return new Response(new Uint8Array(bytes), { headers: fileHeaders(type, fileName) });
}

/** Lines as they come, each with its newline; stops asking for more when the client goes away. */
export function replyLines(lines: AsyncIterable<string>, type: string, fileName: string): Response {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value.endsWith("\n") ? next.value : `${next.value}\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, { headers: fileHeaders(type, fileName) });
}

function fileHeaders(type: string, fileName: string): HeadersInit {
  const safe = fileName.replace(/[^A-Za-z0-9._@-]/g, "-");
  return {
    "content-type": type,
    "content-disposition": `attachment; filename="${safe}"`,
    "content-security-policy": "default-src 'none'; sandbox",
  };
}
