import { sendByHttp, type Send } from "./http";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where a SCIM service is and how to get in. */
export interface ScimTarget {
  /** The SCIM root without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** Over HTTP by default; tests go straight into a SCIM core. */
  readonly send?: Send;
  /** After so many milliseconds without an answer a request counts as lost; 60,000 by default. */
  readonly timeoutMs?: number;
}

/** One exchange, complete enough to send it again with curl. The token is left out. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly body: Json | undefined;
  /** 0 when no answer came. */
  readonly status: number;
  readonly answer: Json | undefined;
  readonly headers: Headers;
  readonly ms: number;
}

/**
 * Sends one request with the headers of Entra's provisioning service: no User-Agent and no Accept, a Content-Type
 * only with a body. Redirects are never followed.
 * @throws whatever the connection throws: refused, reset, timed out
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
    signal: AbortSignal.timeout(target.timeoutMs ?? 60_000),
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

/** A value as text: strings as they are, the rest as JSON. */
export const textOf = (value: Json | undefined): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);

/** The exchange as a curl command that reads the token from the variable TOKEN. */
export function toCurl(entry: Exchange): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const body =
    entry.body === undefined
      ? ""
      : ` -H 'Content-Type: application/scim+json; charset=utf-8' --data ${quote(JSON.stringify(entry.body))}`;
  return `curl -i -X ${entry.method} -H "Authorization: Bearer $TOKEN"${body} ${quote(entry.url)}`;
}

/** Exchanges as a shell script that sends them again, the answers of the time as comments. */
export function toScript(trace: readonly Exchange[]): string {
  const steps = trace.map((entry) => {
    const answer = entry.answer === undefined ? "" : ` ${JSON.stringify(entry.answer).slice(0, 2000)}`;
    return `${toCurl(entry)}\n# → ${entry.status}${answer}  (${entry.ms.toFixed(1)} ms)\n`;
  });
  return ["#!/bin/sh", "# Set TOKEN to the bearer token before running this.", "", ...steps].join("\n");
}
