import type { ScimLogEntry } from "../../../trpc/client";
import { countOf } from "../count-of";

import { attributeList } from "./attribute-names";

export type Facts = ScimLogEntry["facts"];

/** What the sentence of a log entry is made of. */
export interface SentenceWords extends Pick<ScimLogEntry, "outcome" | "tokenKind" | "facts"> {
  readonly action: string;
  /** Whom it was about, the addressed one first. */
  readonly subjects: readonly { readonly kind: "member" | "group"; readonly name: string }[];
}

/** A verb as it happened and as it was only tried, with what follows it. */
interface Deed {
  readonly did: string;
  /** Null for what happened even when it was refused: sending a request. */
  readonly toDo: string | null;
  readonly rest: string;
}

/** A log entry as a sentence: who, then what. A refused one says what was tried. */
export function logSentence(
  entry: SentenceWords,
  provider: string,
): { readonly who: string; readonly what: string } {
  const { did, toDo, rest } = deedOf(entry);
  return {
    who: entry.tokenKind === "self_test" ? "The self-test" : provider,
    what: `${toDo === null ? did : inTense(entry.outcome, did, toDo)}${rest}${entry.outcome === "unchanged" ? "; nothing had to change" : ""}`,
  };
}

function inTense(outcome: SentenceWords["outcome"], did: string, toDo: string): string {
  if (outcome === "done") return did;
  return outcome === "unchanged" ? `wanted to ${toDo}` : `tried to ${toDo}`;
}

const deed = (did: string, toDo: string | null, rest = ""): Deed => ({ did, toDo, rest });

function deedOf(entry: SentenceWords): Deed {
  const { action, facts } = entry;
  switch (action) {
    case "connection.tested":
      return deed("tested the connection", "test the connection");
    case "discovery":
      return deed("asked", "ask", ` what this server can do${facts.document ? ` (${facts.document})` : ""}`);
    case "bulk":
      return bulk(facts);
    case "token.refused":
      return deed("was turned away", "come in", " with a token that is not valid");
    case "request.refused":
      return unclear(facts);
    default:
      return action.startsWith("group") ? groupDeed(entry) : personDeed(entry);
  }
}

function personDeed(entry: SentenceWords): Deed {
  const { action, facts } = entry;
  const person = nameOf(entry, "a person");
  switch (action) {
    case "users.matched":
      return search(entry, "nobody", "people");
    case "users.listed":
      return deed("listed", "list", ` people${foundSome(facts)}`);
    case "user.read":
      return deed("looked", "look", ` at ${person}`);
    case "user.created":
      return deed("added", "add", ` ${person}${asRole(facts)}`);
    case "user.restored":
      return deed("brought back", "bring back", ` ${person}${asRole(facts)}`);
    case "user.updated":
      return changed(entry, person);
    case "user.deactivated":
      return deed("deactivated", "deactivate", ` ${person}${besides(facts)}`);
    case "user.reactivated":
      return deed("reactivated", "reactivate", ` ${person}${besides(facts)}`);
    case "user.deleted":
      return deed("deleted", "delete", ` ${person}`);
    default:
      return spelledOut(action);
  }
}

function groupDeed(entry: SentenceWords): Deed {
  const { action, facts } = entry;
  const group = nameOf(entry, "a group");
  switch (action) {
    case "groups.matched":
      return search(entry, "no such group", "groups");
    case "groups.listed":
      return deed("listed", "list", ` groups${foundSome(facts)}`);
    case "group.read":
      return deed("looked", "look", ` at the group ${group}`);
    case "group.created":
      return deed("created", "create", ` the group ${group}${withPeople(facts)}`);
    case "group.updated":
      return facts.renamedTo
        ? deed("renamed", "rename", ` the group ${facts.name ?? group} to ${facts.renamedTo}`)
        : changed(entry, `the group ${group}`);
    case "group.members.added":
      return deed("added", "add", ` ${people(facts.added)} to ${group}`);
    case "group.members.removed":
      return deed("removed", "remove", ` ${people(facts.removed)} from ${group}`);
    case "group.members.replaced":
      return deed("set", "set", ` who is in ${group}${inAndOut(facts)}`);
    case "group.members.changed":
      return deed("changed", "change", ` who is in ${group}${inAndOut(facts)}`);
    case "group.deleted":
      return deed("deleted", "delete", ` the group ${group}`);
    default:
      return spelledOut(action);
  }
}

/** The addressed one: the name it has now, else the one it had then. */
function nameOf({ subjects, facts, action }: SentenceWords, nobody: string): string {
  const kind = action.startsWith("group") ? "group" : "member";
  const subject = subjects.find((one) => one.kind === kind);
  return subject?.name ?? facts.name ?? nobody;
}

function changed({ facts }: SentenceWords, whose: string): Deed {
  const attributes = facts.attributes ?? [];
  if (attributes.length === 0) return deed("changed", "change", ` ${whose}`);
  const asWhat =
    facts.role && attributes.some((path) => /^roles?\b/i.test(path)) ? ` (now ${facts.role})` : "";
  return deed("changed", "change", ` ${whose}'s ${attributeList(attributes)}${asWhat}`);
}

function search(entry: SentenceWords, none: string, many: string): Deed {
  const { facts, subjects } = entry;
  const wanted = facts.filter === undefined ? "somebody" : wantedOf(facts.filter, many);
  if (facts.found === undefined) return deed("looked", "look", ` for ${wanted}`);
  const found =
    facts.found === 0
      ? none
      : facts.found === 1
        ? (subjects[0]?.name ?? "one")
        : `${facts.found.toLocaleString("en")} ${many}`;
  const same = many === "groups" ? "it" : "them";
  return deed("looked", "look", ` for ${wanted} and found ${found === wanted ? same : found}`);
}

const EQUALS =
  /^\s*\(?\s*[\w.:-]+(?:\[[^\]]*\])?(?:\.\w+)?\s+eq\s+(?:"((?:[^"\\]|\\.)*)"|([^\s"()]+))\s*\)?\s*$/i;

/** The value that was looked for; a filter of several terms is quoted whole. */
function wantedOf(filter: string, many: string): string {
  const value = EQUALS.exec(filter);
  if (!value) return `${many} by ${filter}`;
  return value[1] === undefined ? (value[2] ?? "") : value[1].replace(/\\(.)/g, "$1");
}

const foundSome = ({ found }: Facts): string =>
  found === undefined ? "" : ` (${found.toLocaleString("en")} in all)`;

const people = (count: number | undefined): string =>
  count === undefined || count === 0 ? "people" : countOf(count, "person", "people");

const withPeople = ({ added }: Facts): string => (added ? ` with ${people(added)}` : "");

const asRole = ({ role }: Facts): string => (role ? ` as ${article(role)} ${role}` : "");

const article = (word: string): string => (/^[aeio]/i.test(word) ? "an" : "a");

/** Other attributes of a change whose point was access. */
function besides({ attributes = [] }: Facts): string {
  const others = attributes.filter((path) => path.toLowerCase() !== "active");
  return others.length === 0 ? "" : ` and changed ${attributeList(others)}`;
}

function inAndOut({ added = 0, removed = 0 }: Facts): string {
  const parts = [
    ...(added > 0 ? [`${added.toLocaleString("en")} joined`] : []),
    ...(removed > 0 ? [`${removed.toLocaleString("en")} left`] : []),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function bulk({ operations, failures }: Facts): Deed {
  const what =
    operations === undefined ? "several operations" : countOf(operations, "operation", "operations");
  return deed(
    "sent",
    "send",
    ` ${what} in one request${failures ? `; ${failures.toLocaleString("en")} failed` : ""}`,
  );
}

function unclear({ resource }: Facts): Deed {
  const about = resource === undefined ? "" : ` about a ${resource === "member" ? "person" : "group"}`;
  return deed(`sent a request${about} that cannot be answered`, null);
}

/** An action that this page does not know yet is better than none. */
function spelledOut(action: string): Deed {
  const words = action.replace(/[._-]+/g, " ");
  return deed(`did “${words}”`, `do “${words}”`);
}
