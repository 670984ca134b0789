import type { ScimOutcome } from "#generated/prisma/enums";
import { isId } from "#server/kernel/ids";

import type { Answer } from "../http/answer";
import type { Observation } from "../http/observation";
import { isObject, valueOf, type JsonObject, type JsonValue } from "../json";
import type { ExchangeFacts, NewExchange, ScimAction } from "./exchange";
import { storableText, withoutSecret } from "./redact";

/** A search that found no more than this many was after them; a longer one is a list. */
const MAX_FOUND_SUBJECTS = 5;
/** Rows stay readable and indexable; no request of Entra is about more people. */
const MAX_SUBJECTS = 5_000;
const MAX_FACT_LENGTH = 300;

export type Meaning = Pick<NewExchange, "action" | "facts" | "subjectIds">;

/**
 * What a finished request was about: what its handler noted, or for a read what its answer shows. A request that
 * was refused says what it was meant to do.
 */
export function meaningOf(
  observation: Observation,
  method: string,
  answer: Answer,
  outcome: ScimOutcome,
): Meaning {
  const target = targetOf(observation.path);
  const { note, body } = observation;
  if (answer.status === 401) return { action: "token.refused", facts: {}, subjectIds: [] };
  const intent = note.action ?? INTENTS[target.kind][method] ?? "request.refused";
  const subjectIds = (note.subjectIds ?? (target.id === null ? [] : [target.id])).slice(0, MAX_SUBJECTS);
  if (outcome === "refused" || outcome === "failed") {
    return { action: intent, facts: tidy({ ...nameIn(body), ...note.facts }), subjectIds };
  }
  if (note.action !== undefined) return { action: note.action, facts: tidy(note.facts ?? {}), subjectIds };
  if (target.kind === "users" || target.kind === "groups")
    return readSearch(target.kind, observation, answer);
  if (target.kind === "discovery") {
    return { action: "discovery", facts: tidy({ document: target.collection }), subjectIds: [] };
  }
  return { action: intent, facts: tidy(nameIn(answer.body)), subjectIds };
}

type Kind = "users" | "groups" | "user" | "group" | "bulk" | "discovery" | "unknown";

interface Target {
  readonly kind: Kind;
  readonly collection: string;
  readonly id: string | null;
}

function targetOf(path: string): Target {
  const [, collection = "", rest = ""] = /^\/?([^/?]*)(?:\/([^?]*))?/.exec(path) ?? [];
  const lower = rest.toLowerCase();
  const isOne = rest !== "" && rest !== ".search";
  const kinds: Readonly<Record<string, Kind>> = {
    "": "users",
    ".search": "users",
    Users: isOne ? "user" : "users",
    Groups: isOne ? "group" : "groups",
    Bulk: "bulk",
    Schemas: "discovery",
    ResourceTypes: "discovery",
    ServiceProviderConfig: "discovery",
  };
  const kind = Object.hasOwn(kinds, collection) ? kinds[collection]! : "unknown";
  return { kind, collection, id: isOne && isId(lower) ? lower : null };
}

/** By method, for requests whose handler noted nothing: reads, and writes that were refused early. */
const INTENTS: Readonly<Record<Kind, Readonly<Record<string, ScimAction>>>> = {
  users: { GET: "users.listed", HEAD: "users.listed", POST: "user.created" },
  groups: { GET: "groups.listed", HEAD: "groups.listed", POST: "group.created" },
  user: {
    GET: "user.read",
    HEAD: "user.read",
    PUT: "user.updated",
    PATCH: "user.updated",
    DELETE: "user.deleted",
  },
  group: {
    GET: "group.read",
    HEAD: "group.read",
    PUT: "group.updated",
    PATCH: "group.updated",
    DELETE: "group.deleted",
  },
  bulk: { POST: "bulk" },
  discovery: { GET: "discovery", HEAD: "discovery" },
  unknown: {},
};

function readSearch(kind: "users" | "groups", observation: Observation, answer: Answer): Meaning {
  const filter = observation.query.get("filter") ?? textIn(observation.body, "filter");
  const resources = answer.body?.["Resources"];
  const ids = Array.isArray(resources) ? resources.map((each) => (isObject(each) ? each["id"] : null)) : [];
  const total = answer.body?.["totalResults"];
  const found = typeof total === "number" ? total : ids.length;
  if (!filter) return { action: `${kind}.listed`, facts: { found }, subjectIds: [] };
  const subjectIds =
    found <= MAX_FOUND_SUBJECTS ? ids.filter((id): id is string => typeof id === "string" && isId(id)) : [];
  const isProbe = found === 0 && PROBE.test(filter);
  return {
    action: isProbe ? "connection.tested" : `${kind}.matched`,
    facts: tidy({ filter: withoutSecret(filter), found }),
    subjectIds,
  };
}

/**
 * Entra's Test Connection and keep-alive: somebody whose matching attribute is a random GUID. With externalId the same
 * words are an ordinary match, because the values there are GUIDs anyway.
 */
const PROBE =
  /^\s*(?!externalId\b|id\b|[^"]*\bmanager\b)[\w.:]+(?:\[[^\]]*\][\w.]*)?\s+eq\s+"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"\s*$/i;

function nameIn(body: JsonObject | null): ExchangeFacts {
  const name = textIn(body, "displayName") ?? textIn(body, "userName");
  return name === null ? {} : { name };
}

function textIn(body: JsonObject | null, key: string): string | null {
  const value: JsonValue | undefined = body === null ? undefined : valueOf(body, key);
  return typeof value === "string" ? value : null;
}

/** Facts as they can be stored and shown: texts cut, and without what PostgreSQL cannot hold. */
function tidy(facts: ExchangeFacts): ExchangeFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === "string" ? storableText(value).slice(0, MAX_FACT_LENGTH) : value,
    ]),
  );
}
