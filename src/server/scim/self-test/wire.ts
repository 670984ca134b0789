import { request as plainRequest, type IncomingMessage } from "node:http";
import { request as tlsRequest } from "node:https";

/** One request of the self-test; `target` comes after the SCIM root, exactly as it goes into the request line. */
export interface Ask {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly target: string;
  readonly body?: object;
}

/** What came back, with the bearer token removed wherever somebody echoed it. */
export interface WireAnswer {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request as the report shows it. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Why no answer came: the code of Node's or OpenSSL's error ("ECONNREFUSED", "CERT_HAS_EXPIRED"), or "TIMEOUT". */
export interface WireFailure {
  readonly code: string;
  readonly message: string;
}

export interface Exchange {
  readonly request: SentRequest;
  /** Milliseconds from the first byte sent to the last one read. */
  readonly ms: number;
  readonly answer: WireAnswer | null;
  readonly failure: WireFailure | null;
}

export interface Wire {
  /** The public URL of the SCIM root, without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends reads at once. A write is waited for, or it could still take effect after the run has tidied up. */
  readonly signal: AbortSignal;
}

const MAX_ANSWER_BYTES = 256 * 1024;

/**
 * Sends one request as Entra's provisioning service does: no User-Agent, no Accept, no Content-Type on reads, the
 * target untouched, a redirect never followed. fetch would add headers of its own, and the firewalls that refuse
 * requests without them are one of the things to find. A cancelled run rejects with the signal's reason.
 */
export async function sendAsEntra(wire: Wire, ask: Ask): Promise<Exchange> {
  wire.signal.throwIfAborted();
  const body = ask.body === undefined ? null : JSON.stringify(ask.body);
  const headers = {
    authorization: `Bearer ${wire.token}`,
    ...(body === null
      ? {}
      : {
          "content-type": "application/scim+json; charset=utf-8",
          "content-length": String(Buffer.byteLength(body)),
        }),
  };
  const sent: SentRequest = {
    method: ask.method,
    url: wire.baseUrl + ask.target,
    headers: { ...headers, authorization: "Bearer [token]" },
    body,
  };
  const startedAt = performance.now();
  const finish = (rest: Pick<Exchange, "answer" | "failure">): Exchange => ({
    request: sent,
    ms: Math.round(performance.now() - startedAt),
    ...rest,
  });
  try {
    return finish({ answer: await exchange(wire, ask, headers, body), failure: null });
  } catch (error) {
    if (ask.method === "GET") wire.signal.throwIfAborted();
    return finish({ answer: null, failure: failureOf(error, wire) });
  }
}

function exchange(
  wire: Wire,
  ask: Ask,
  headers: Readonly<Record<string, string>>,
  body: string | null,
): Promise<WireAnswer> {
  const base = new URL(wire.baseUrl);
  const timeout = AbortSignal.timeout(wire.timeoutMs);
  return new Promise((resolve, reject) => {
    const request = (base.protocol === "https:" ? tlsRequest : plainRequest)(
      {
        hostname: base.hostname.replace(/^\[|\]$/g, ""),
        port: base.port,
        method: ask.method,
        // Not through URL: it would tidy up the very spellings that are to be tried.
        path: base.pathname + ask.target,
        headers,
        agent: false,
        signal: ask.method === "GET" ? AbortSignal.any([wire.signal, timeout]) : timeout,
      },
      (response) => {
        readAnswer(response, wire.token).then(resolve, reject);
      },
    );
    request.once("error", reject);
    request.end(body ?? undefined);
  });
}

async function readAnswer(response: IncomingMessage, token: string): Promise<WireAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      response.destroy();
      break;
    }
  }
  const hide = (text: string) => text.replaceAll(token, "[token]");
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    hide(Array.isArray(value) ? value.join(", ") : (value ?? "")),
  ]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: hide(Buffer.concat(chunks).toString("utf8")),
  };
}

function failureOf(error: unknown, wire: Wire): WireFailure {
  const name = error instanceof Error ? error.name : "";
  if (name === "AbortError" || name === "TimeoutError") {
    return { code: "TIMEOUT", message: `No answer within ${wire.timeoutMs / 1000} s.` };
  }
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "FAILED";
  return { code, message: error instanceof Error ? error.message : String(error) };
}
