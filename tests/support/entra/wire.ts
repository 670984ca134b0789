export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Sends a request somewhere: over HTTP, or straight into the SCIM core. */
export type Send = (request: Request) => Promise<Response>;

/** Where a SCIM service is and how to get in. */
export interface ScimTarget {
  /** The SCIM root without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  readonly send?: Send;
}

/** One exchange, complete enough to send it again with curl. The token is left out. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly body: Json | undefined;
  readonly status: number;
  readonly answer: Json | undefined;
  readonly headers: Headers;
  readonly ms: number;
}

const sendByHttp: Send = (request) => fetch(request);

/**
 * Sends one request with the headers of Entra's provisioning service: no User-Agent or Accept of its own making,
 * a Content-Type only with a body. Redirects are never followed.
 */
export async function exchange(
  target: ScimTarget,
  method: string,
  url: string,
  body?: Json,
  headers: Readonly<Record<string, string>> = {},
): Promise<Exchange> {
  const startedAt = performance.now();
  const request = new Request(url, {
    method,
    redirect: "manual",
    headers: {
      ...(target.token === "" ? {} : { authorization: `Bearer ${target.token}` }),
      ...(body === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await (target.send ?? sendByHttp)(request);
  const text = await response.text();
  return {
    method,
    url,
    body,
    status: response.status,
    answer: text === "" ? undefined : parse(text),
    headers: response.headers,
    ms: performance.now() - startedAt,
  };
}

/** What is not JSON stays text, so that an HTML error page shows in the trace. */
function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The exchange as a curl command. */
export function toCurl(entry: Exchange): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const body =
    entry.body === undefined
      ? ""
      : ` -H 'Content-Type: application/scim+json' --data ${quote(JSON.stringify(entry.body))}`;
  return `curl -X ${entry.method} -H "Authorization: Bearer $TOKEN"${body} ${quote(entry.url)}`;
}
