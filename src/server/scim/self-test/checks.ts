import { isObject, textOf, type JsonObject, type JsonValue } from "../json";

import { failed, warning, type Finding } from "./finding";
import type { RunState, ScimAnswer } from "./step";

/** The answer to a search for somebody who does not exist. */
export function checkEmptyList(answer: ScimAnswer): Finding | null {
  const total = answer.json["totalResults"];
  if (total === 0) return null;
  if (typeof total !== "number") return notAList(answer);
  return failed(
    "query-dropped",
    `A search for somebody who does not exist found ${total}: the filter did not arrive. Let the proxy pass on the query string, everything after the question mark, as it is.`,
  );
}

/** The answer to a search for the one person or group of this run. */
export function checkOneHit(answer: ScimAnswer, id: string | null): Finding | null {
  const { totalResults, Resources } = answer.json;
  if (typeof totalResults !== "number" || !Array.isArray(Resources)) return notAList(answer);
  const ids = Resources.filter(isObject).map((resource) => resource["id"]);
  if (totalResults === 1 && ids[0] === id) return null;
  if (totalResults === 0) {
    return failed(
      "query-altered",
      "The search found nobody, though the person or group is there: the filter arrived changed. Proxies that decode an address and encode it anew turn a plus sign into a space; let the query string pass as it is.",
    );
  }
  return failed(
    "query-dropped",
    `The search for one found ${totalResults}: the filter did not arrive whole. Let the proxy pass on the query string, everything after the question mark, as it is.`,
  );
}

function notAList(answer: ScimAnswer): Finding {
  return failed(
    "query-altered",
    `The answer is not a list of results but ${describe(answer.json)}: the address arrived changed. Let the proxy pass on path and query as they are.`,
  );
}

function describe(json: JsonObject): string {
  const [schema] = Array.isArray(json["schemas"]) ? json["schemas"] : [];
  return `“${textOf(schema).split(":").at(-1)}”`;
}

/** 201: the id that Entra keeps for ever, and addresses that begin with the public one. */
export function checkCreated(answer: ScimAnswer, state: RunState, path: "Users" | "Groups"): Finding | null {
  const expected = `${state.baseUrl}/${path}/${textOf(answer.json["id"])}`;
  const meta = answer.json["meta"];
  const inBody = isObject(meta) ? meta["location"] : undefined;
  if (inBody !== expected) {
    return warning(
      "other-public-url",
      `The answer calls itself ${JSON.stringify(inBody)} instead of ${expected}: the process that answered has another PUBLIC_URL, or something rewrites bodies. Give every process of this installation the same PUBLIC_URL.`,
    );
  }
  const location = answer.headers["location"];
  if (location !== expected) {
    return warning(
      "location-rewritten",
      `The Location header arrived as ${JSON.stringify(location ?? null)} instead of ${expected}: the proxy rewrites or removes it. Let it pass unchanged (nginx: proxy_redirect off).`,
    );
  }
  if (answer.headers["etag"] === undefined) {
    return warning(
      "entity-tag-lost",
      "The ETag header was removed on the way. Entra does not need it, other clients do; let headers of answers pass unchanged.",
    );
  }
  return null;
}

/** 401 must come with the challenge by which clients tell a wrong token from an outage. */
export function checkChallenge(answer: ScimAnswer): Finding | null {
  if (/^bearer\b/i.test(answer.headers["www-authenticate"] ?? "")) return null;
  return warning(
    "challenge-lost",
    "The refusal is right, but its WWW-Authenticate header was removed on the way. Entra then says only that something failed; let headers of answers pass unchanged.",
  );
}

/** What a read must show after a write. */
export function checkValues(
  answer: ScimAnswer,
  expected: Readonly<Record<string, JsonValue>>,
): Finding | null {
  const wrong = Object.entries(expected).filter(
    ([path, value]) => JSON.stringify(valueAt(answer.json, path)) !== JSON.stringify(value),
  );
  if (wrong.length === 0) return null;
  const names = wrong.map(([path]) => path).join(", ");
  return failed(
    "stale-answer",
    `A read right after the change shows the old ${names}: something on the way answers from a cache. Switch off caching below /public-api/scim-v2; Chalkroom says so in every answer (Cache-Control: no-store).`,
  );
}

function valueAt(json: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = json;
  for (const key of path.split(" ")) {
    if (Array.isArray(value)) value = value[Number(key)];
    else value = isObject(value) ? value[key] : undefined;
  }
  return value;
}
