import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";

/** Longer than any proxy's idle time, so that it is the proxy that closes first and no request meets a closing socket. */
const KEEP_ALIVE_MS = 75_000;

/** An HTTP server with our limits: 30 s for headers, 120 s for a whole request. */
export function makeHttpServer(listener: RequestListener): Server {
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 30_000,
    requestTimeout: 120_000,
  });
  server.on("request", listener);
  return server;
}

/** Starts to listen and returns the real port (0 asks the system for a free one). */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as { port: number }).port);
    });
  });
}

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const SCIM_PREFIX = "/public-api/scim-v2";
const SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

/** A refusal that is ready to be written, in the form that the path's protocol has for errors. */
export interface RequestProblem {
  readonly status: 400 | 405;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Why a request cannot be answered at all, or null. Next says 500 to a method or a path that it cannot read, and
 * a client's mistake must not look like a failure of ours.
 * @param target the request line's path and query, or an absolute URL (RFC 9112 section 3.2.2).
 */
export function findRequestProblem(method: string | undefined, target: string): RequestProblem | null {
  if (!METHODS.has(method ?? "")) {
    return problem(target, 405, "METHOD_NOT_ALLOWED", "This method is not possible here.");
  }
  const readable = target.startsWith("/") || (/^https?:\/\//i.test(target) && URL.canParse(target));
  const path = target.split(/[?#]/, 1)[0]!;
  if (!readable || !isDecodable(path)) {
    return problem(target, 400, "BAD_INPUT", "The address is not valid percent-encoded UTF-8.");
  }
  // Next resolves them, so that a path under one prefix would be answered as one under another.
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    return problem(target, 400, "BAD_INPUT", "The address must not have dot segments.");
  }
  return null;
}

function problem(target: string, status: 400 | 405, code: string, error: string): RequestProblem {
  if (!target.startsWith(SCIM_PREFIX)) {
    return { status, contentType: "application/json", body: JSON.stringify({ error, code }) };
  }
  const body = JSON.stringify({ schemas: [SCIM_ERROR], status: String(status), detail: error });
  return { status, contentType: "application/scim+json; charset=utf-8", body };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The header in which the server tells its routes the peer's address; whatever a client sends in it is replaced. */
export function stampAddress(request: IncomingMessage): void {
  request.headers["x-chalkroom-address"] = request.socket.remoteAddress ?? "unknown";
}
