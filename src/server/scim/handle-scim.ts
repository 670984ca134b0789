import { log } from "#server/kernel/logger";

import type { Answer } from "./http/answer";
import { authenticate } from "./http/authenticate";
import { parseQuery } from "./http/list-request";
import { webMessage, type ScimMessage, type ScimReply } from "./http/message";
import { Observation } from "./http/observation";
import { readJsonBody } from "./http/request-body";
import { findRoute, type RouteMethods } from "./http/routes";
import { recordExchange } from "./provisioning-log/record-exchange";
import { errorBody, ScimError, toScimError } from "./scim-error";
import { normalizeScimUrl, SCIM_BASE_PATH, splitAtQuery } from "./url";

/** The Web's face of the core: any request under the SCIM prefix, and its answer. */
export async function handleScim(request: Request): Promise<Response> {
  const { status, headers, text } = await answerScim(webMessage(request));
  return new Response(request.method === "HEAD" ? null : text, { status, headers });
}

/**
 * Answers any request under the SCIM prefix, in SCIM's own form whatever happens: never HTML, never a redirect,
 * never a 5xx for bad input. Knows nothing of Next or of a server: the doors do.
 */
export async function answerScim(request: ScimMessage): Promise<ScimReply> {
  const observation = new Observation();
  let answer: Answer;
  try {
    answer = await answerRequest(request, observation);
  } catch (error) {
    const failure = toScimError(error);
    if (failure.status >= 500) log().error({ err: error }, "scim: a request failed");
    answer = { status: failure.status, body: errorBody(failure), headers: failure.headers };
  }
  recordExchange(observation, request.method, answer);
  return toReply(answer);
}

async function answerRequest(request: ScimMessage, observation: Observation): Promise<Answer> {
  const target = normalizeScimUrl(request.target);
  const { path, query } = splitAtQuery(target);
  observation.path = target.slice(SCIM_BASE_PATH.length);
  const context = await authenticate(request.header("authorization"), observation);
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
    readBody: async () => (observation.body = await readJsonBody(request)),
    query: (observation.query = parseQuery(query)),
    preconditions: {
      ifMatch: request.header("if-match"),
      ifNoneMatch: request.header("if-none-match"),
    },
  };
  return handler(call, route.id);
}

function allowedMethods(methods: RouteMethods): string {
  const names = Object.keys(methods);
  return [...names, ...(names.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

function toReply({ status, body, headers }: Answer): ScimReply {
  if (body === null) return { status, headers: { ...headers, "Cache-Control": "no-store" }, text: null };
  return {
    status,
    headers: {
      ...headers,
      "Cache-Control": "no-store",
      "Content-Type": "application/scim+json; charset=utf-8",
    },
    text: JSON.stringify(body),
  };
}
