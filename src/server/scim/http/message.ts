import { readLimitedBody } from "#server/kernel/limited-body";

/**
 * What the core needs of a request, whichever door it came by: server.ts hands over node's own request, without
 * making a Web Request with its headers and its stream of it.
 */
export interface ScimMessage {
  readonly method: string;
  /** Path and query, still percent-encoded. */
  readonly target: string;
  /** @param name in lower case */
  header(name: string): string | null;
  /** The body, empty when there is none; null when it is longer than `maxBytes`. */
  readBody(maxBytes: number): Promise<Buffer | null>;
}

/** What the core answers; the door writes it. */
export interface ScimReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for answers without a body (204, 304). For a HEAD the door leaves the text out. */
  readonly text: string | null;
}

/** A Web Request as a message. */
export function webMessage(request: Request): ScimMessage {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: `${pathname}${search}`,
    header: (name) => request.headers.get(name),
    readBody: (maxBytes) => readLimitedBody(request, maxBytes),
  };
}
