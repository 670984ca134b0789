import { isObject, textOf, type JsonObject } from "../json";

import { diagnoseFailure } from "./diagnose-failure";
import { diagnoseRedirect } from "./diagnose-redirect";
import { failed, warning, type Finding } from "./finding";
import type { Exchange, WireAnswer } from "./wire";

const SCIM_PATH = "/public-api/scim-v2";
const MEGABYTE = "1 MB";
/** Entra's own limit is not published; an administrator should hear of answers that take this long, in milliseconds. */
const SLOW_MS = 2_000;

/** The answer's body as SCIM's JSON, or null for anything else: an HTML page, a proxy's own JSON, nothing. */
export function readScim(answer: WireAnswer): JsonObject | null {
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return null;
  }
  if (!isObject(body) || !Array.isArray(body["schemas"])) return null;
  return body["schemas"].some((urn) => textOf(urn).startsWith("urn:ietf:params:scim:")) ? body : null;
}

/**
 * What stood in the way of an exchange, by what came back instead of the expected status; null when the answer is
 * this server's own and has that status. What the answer says is for the step to judge.
 */
export function diagnose(exchange: Exchange, expected: number): Finding | null {
  const { answer, failure, request } = exchange;
  if (failure || !answer) return diagnoseFailure(failure, request.url);
  const { status } = answer;
  if (status >= 300 && status < 400 && status !== 304) return diagnoseRedirect(answer, request);
  const isOurs = status === 204 ? answer.body === "" : readScim(answer) !== null;
  if (status === expected && isOurs) return diagnoseForm(answer);
  return isOurs ? diagnoseOwnRefusal(answer, expected) : diagnoseStranger(exchange, answer, expected);
}

/** A right answer that took too long is still worth a word. */
export function diagnoseSlowness(exchange: Exchange): Finding | null {
  if (exchange.ms < SLOW_MS) return null;
  return warning(
    "slow",
    `The answer took ${(exchange.ms / 1000).toFixed(1)} s. Entra gives up on answers that take long, and a first cycle sends thousands of requests. Look at the load of the server and its database, and at what inspects the traffic in front of it.`,
  );
}

/** The right answer, but changed on its way. */
function diagnoseForm(answer: WireAnswer): Finding | null {
  const type = answer.headers["content-type"] ?? "";
  if (answer.status === 204 || /^application\/scim\+json\b/i.test(type)) return null;
  return warning(
    "answer-content-type",
    `The answer arrived as “${type || "no Content-Type"}”, though Chalkroom sends application/scim+json. Let the proxy pass the Content-Type of answers through unchanged: strict clients refuse another one.`,
  );
}

/** This server refused. */
function diagnoseOwnRefusal(answer: WireAnswer, expected: number): Finding {
  const detail = textOf(readScim(answer)?.["detail"]);
  const { status } = answer;
  if (status === 401) return diagnoseOwn401(answer);
  if (status === 403) {
    return failed("switched-off", `Chalkroom refuses SCIM requests at the moment: ${detail}`);
  }
  if (status === 415) {
    return failed(
      "content-type-changed",
      "The request arrived with another Content-Type than application/scim+json. Let the proxy pass the Content-Type of requests through unchanged.",
    );
  }
  if (status === 404 && /no such SCIM endpoint/i.test(detail)) {
    return failed(
      "path-not-forwarded",
      `The path arrived changed. Let the proxy forward ${SCIM_PATH} and everything below it without rewriting it.`,
    );
  }
  if (status === 429) {
    return failed(
      "rate-limited",
      "Chalkroom's rate limit was reached while the test ran: something else sends very many requests for this workspace. Wait a minute and run the test again.",
    );
  }
  if (status >= 500) {
    return failed("server-failed", "The server itself failed. Its log has the reason at this time.");
  }
  return failed(
    "unexpected",
    `Chalkroom answered ${status} instead of ${expected}${detail === "" ? "." : `: ${detail}`} Run the test again; if it stays, the report below is what to send to whoever maintains this server.`,
  );
}

/** Our challenge has an error code only where a token arrived. */
function diagnoseOwn401(answer: WireAnswer): Finding {
  if (/invalid_token/i.test(answer.headers["www-authenticate"] ?? "") || /not valid/i.test(answer.body)) {
    return failed(
      "token-refused",
      "The token arrived, but the server that answered does not know it. Either the proxy changes the Authorization header, or the public address leads to another installation of Chalkroom, or to one with another database.",
    );
  }
  return failed(
    "authorization-missing",
    "The request arrived without its Authorization header: the proxy takes it away. Let it pass through to Chalkroom (for Apache under CGI: CGIPassAuth On; for nginx: no empty proxy_set_header Authorization; for gateways that sign people in: leave this path out).",
  );
}

/** Somebody else answered: a proxy, a firewall, another application. */
function diagnoseStranger(exchange: Exchange, answer: WireAnswer, expected: number): Finding {
  const { method } = exchange.request;
  const { status } = answer;
  const by = serverName(answer);
  switch (status) {
    case 401:
    case 407:
      return failed(
        "proxy-sign-in",
        `Not Chalkroom but ${by} asks for a sign-in of its own. Leave ${SCIM_PATH} out of it: Chalkroom checks the bearer token itself.`,
      );
    case 405:
    case 501:
      return failed(
        "method-blocked",
        `${capital(by)} does not let ${method} through. Allow GET, POST, PUT, PATCH and DELETE below ${SCIM_PATH}; Entra changes people by PATCH and deletes them by DELETE.`,
      );
    case 403:
    case 406:
      return diagnoseForeignRefusal(method, by);
    case 413:
      return failed(
        "body-limit",
        `${capital(by)} refuses a body of ${sizeOf(exchange)}. Entra sends a group's members in batches; allow at least ${MEGABYTE}, as Chalkroom does (nginx: client_max_body_size).`,
      );
    case 404:
      return diagnoseForeign404(by, expected);
    case 429:
      return failed(
        "rate-limited",
        `${capital(by)} limits how many requests may come. Entra needs 25 a second and more in bursts: raise the limit for ${SCIM_PATH}.`,
      );
    case 502:
    case 503:
    case 504:
      return failed(
        "server-behind-unreachable",
        `${capital(by)} answers, but does not reach Chalkroom behind it (${status}). Check the address and port that it forwards to.`,
      );
    default:
      return diagnoseForeignBody(answer, by, expected);
  }
}

/** Firewalls refuse callers for what they lack, and methods for what they could do. */
function diagnoseForeignRefusal(method: string, by: string): Finding {
  if (method === "GET") {
    return failed(
      "refused-by-proxy",
      `${capital(by)} refused the request before Chalkroom saw it. Firewalls do so because Entra sends no User-Agent and no Accept header, or by the address it comes from: make an exception for ${SCIM_PATH}, and let the service tag AzureActiveDirectory in.`,
    );
  }
  return failed(
    "method-blocked",
    `${capital(by)} refused ${method} before Chalkroom saw it. Allow GET, POST, PUT, PATCH and DELETE below ${SCIM_PATH}, and switch off rules there that look for attacks in JSON bodies.`,
  );
}

function diagnoseForeign404(by: string, expected: number): Finding {
  if (expected === 404) {
    return failed(
      "error-page-replaced",
      `${capital(by)} puts a page of its own in the place of Chalkroom's answer to a missing person. Entra reads that answer: switch off the replacement of error pages below ${SCIM_PATH} (nginx: proxy_intercept_errors off).`,
    );
  }
  return failed(
    "path-not-forwarded",
    `${capital(by)} does not know ${SCIM_PATH}. Forward that path and everything below it to Chalkroom, without rewriting it.`,
  );
}

function diagnoseForeignBody(answer: WireAnswer, by: string, expected: number): Finding {
  if (answer.status === expected && answer.body === "") {
    return failed("not-json", `The answer's body got lost on the way: ${by} passed on its head only.`);
  }
  if (isHtml(answer)) {
    return failed(
      "path-not-forwarded",
      `A web page came back instead of Chalkroom's answer (${answer.status}): ${by} shows a page of its own, or another application has the address. Forward ${SCIM_PATH} to Chalkroom as it is.`,
    );
  }
  return failed(
    "not-json",
    `What came back (${answer.status}) is not Chalkroom's answer. Something in front of it (${by}) answers itself, or changes the body; let answers below ${SCIM_PATH} pass as they are.`,
  );
}

function isHtml(answer: WireAnswer): boolean {
  return /^text\/html\b/i.test(answer.headers["content-type"] ?? "") || /^\s*</.test(answer.body);
}

/** How the thing in front calls itself, for whoever has to find it. */
function serverName(answer: WireAnswer): string {
  const name = answer.headers["server"] ?? answer.headers["via"];
  return name ? `what stands in front (“${name.slice(0, 60)}”)` : "what stands in front of Chalkroom";
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function sizeOf(exchange: Exchange): string {
  return `${Math.ceil(Buffer.byteLength(exchange.request.body ?? "") / 1024)} kB`;
}
