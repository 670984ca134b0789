import { log } from "#server/kernel/logger";

import type { Answer } from "./http/answer";
import { authenticate } from "./http/authenticate";
import { parseQuery } from "./http/list-request";
import { findRoute, type RouteMethods } from "./http/routes";
import { errorBody, ScimError, toScimError } from "./scim-error";
import { normalizeScimUrl, SCIM_BASE_PATH, splitAtQuery } from "./url";

/**
 * Answers any request under the SCIM prefix, in SCIM's own form whatever happens: never HTML, never a redirect,
 * never a 5xx for bad input. Knows nothing of Next, so that the server can also call it directly.
 */
export async function handleScim(request: Request): Promise<Response> {
  const startedAt = performance.now();
  let answer: Answer;
  try {
    answer = await answerRequest(request);
  } catch (error) {
    const failure = toScimError(error);
    if (failure.status >= 500) log().error({ err: error }, "scim: a request failed");
    answer = { status: failure.status, body: errorBody(failure), headers: failure.headers };
  }
  const ms = Math.round(performance.now() - startedAt);
  log().debug({ method: request.method, status: answer.status, ms }, "scim: request answered");
  return toResponse(answer, request.method);
}

async function answerRequest(request: Request): Promise<Answer> {
  const url = new URL(request.url);
  const { path, query } = splitAtQuery(normalizeScimUrl(`${url.pathname}${url.search}`));
  const context = await authenticate(request.headers.get("authorization"));
  const route = findRoute(path.slice(SCIM_BASE_PATH.length).replace(/^\//, ""));
  if (!route) throw new ScimError(404, "There is no such SCIM endpoint.");
  const allow = allowedMethods(route.methods);
  if (request.method === "OPTIONS") return { status: 204, body: null, headers: { Allow: allow } };
  const method = request.method === "HEAD" ? "GET" : request.method;
  const handler = Object.hasOwn(route.methods, method)
    ? route.methods[method as keyof RouteMethods]
    : undefined;
  if (!handler) {
    throw new ScimError(405, `${request.method} is not possible here. Possible: ${allow}.`, {
      headers: { Allow: allow },
    });
  }
  const call = {
    context,
    request,
    query: parseQuery(query),
    preconditions: {
      ifMatch: request.headers.get("if-match"),
      ifNoneMatch: request.headers.get("if-none-match"),
    },
  };
  return handler(call, route.id);
}

function allowedMethods(methods: RouteMethods): string {
  const names = Object.keys(methods);
  return [...names, ...(names.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

function toResponse(answer: Answer, method: string): Response {
  const headers = new Headers(answer.headers);
  headers.set("Cache-Control", "no-store");
  if (answer.body === null) return new Response(null, { status: answer.status, headers });
  headers.set("Content-Type", "application/scim+json; charset=utf-8");
  return new Response(method === "HEAD" ? null : JSON.stringify(answer.body), {
    status: answer.status,
    headers,
  });
}
