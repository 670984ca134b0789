/**
 * The body of a request or of an answer, or null when it is longer than `maxBytes`. The size is counted while
 * reading: a Content-Length can lie or be missing, and what reads bodies behind this has no limit.
 */
export async function readLimitedBody(
  message: Pick<Request, "headers" | "body">,
  maxBytes: number,
): Promise<Buffer | null> {
  if (Number(message.headers.get("content-length") ?? 0) > maxBytes) return null;
  if (!message.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = message.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      void reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** The same request with its body in memory, or null when that is longer than `maxBytes`. */
export async function withLimitedBody(request: Request, maxBytes: number): Promise<Request | null> {
  if (!request.body) return request;
  const body = await readLimitedBody(request, maxBytes);
  const { url, method, headers, signal } = request;
  return body && new Request(url, { method, headers, signal, body: Uint8Array.from(body) });
}
