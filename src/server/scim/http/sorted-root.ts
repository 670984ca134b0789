import { parseAttributePath } from "../filter/parser";
import { isObject, keyOf, textOf, type JsonObject, type JsonValue } from "../json";
import { project, wantsAttribute, type Projection } from "../resources/projection";
import { resolvePath } from "../schema/resolve";
import { badRequest } from "../scim-error";
import { listAnswer, type Answer } from "./answer";
import type { ScimContext } from "./context";
import { MAX_PAGE_SIZE, type ListRequest } from "./list-request";
import type { ListSource } from "./list-resources";

interface Sortable {
  readonly resource: JsonObject;
  /** Null for a resource without the attribute. */
  readonly key: string | null;
}

/**
 * The root query with sortBy: users and groups in one order. Their tables have no order in common, so that the whole
 * result must fit into one page; RFC 7644 section 3.4.2.1 has an error for more.
 * @throws ScimError 400 tooMany, invalidPath, invalidValue
 */
export async function listSortedRoot(
  context: ScimContext,
  request: ListRequest,
  sources: readonly ListSource[],
): Promise<Answer> {
  if (request.cursor !== null) throw badRequest("invalidValue", "A sorted root query has no cursors.");
  const path = request.sortBy ?? "";
  const whole: ListRequest = { ...request, projection: withSortKey(request.projection) };
  const found: Sortable[] = [];
  for (const { search } of sources) {
    const page = await search(context, whole, 0, MAX_PAGE_SIZE - found.length);
    if (found.length + page.total > MAX_PAGE_SIZE) throw tooMany();
    found.push(...page.resources.map((resource) => ({ resource, key: sortKey(resource, path) })));
  }
  const order = request.descending ? -1 : 1;
  const sorted = found.sort((a, b) => order * compare(a, b));
  const first = request.startIndex - 1;
  const resources = sorted
    .slice(first, first + request.count)
    .map(({ resource }) => project(resource, request.projection));
  return listAnswer(resources, found.length, request.startIndex);
}

const tooMany = () =>
  badRequest(
    "tooMany",
    `More than ${MAX_PAGE_SIZE} users and groups would have to be sorted together: narrow the filter, or ask /Users and /Groups apart.`,
  );

/** All that can be sorted by, whatever the answer shows; members cannot, and are many. */
function withSortKey(projection: Projection): Projection {
  const members = { urn: null, name: "members", sub: null };
  return { only: null, without: wantsAttribute(projection, "members") ? [] : [members] };
}

/** Missing values last; the creation and the id make every order total. */
function compare(a: Sortable, b: Sortable): number {
  if (a.key !== b.key) {
    if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
    return a.key < b.key ? -1 : 1;
  }
  return tiebreak(a.resource) < tiebreak(b.resource) ? -1 : 1;
}

function tiebreak({ id, meta }: JsonObject): string {
  return `${isObject(meta) ? textOf(meta["created"]) : ""} ${textOf(id)}`;
}

/** The text by which a resource sorts: of many values the primary one, else the first. */
function sortKey(resource: JsonObject, sortBy: string): string | null {
  const path = parseAttributePath(sortBy.trim());
  const type = isObject(resource["meta"]) && resource["meta"]["resourceType"] === "Group" ? "Group" : "User";
  const target = path && resolvePath(type, path);
  if (!path || !target || (target.kind !== "attribute" && target.kind !== "custom")) return null;
  const isExtension = target.kind === "custom" || target.schema === "enterprise";
  const holders = isExtension ? Object.values(resource).filter(isObject) : [resource];
  const holder = holders.find((item) => keyOf(item, path.name) !== undefined);
  const value = oneOf(holder?.[keyOf(holder, path.name)!]);
  const plain = isObject(value) ? value[keyOf(value, path.sub ?? "value") ?? "formatted"] : value;
  if (plain === undefined || plain === null || isObject(plain)) return null;
  const exact = target.kind === "attribute" && (target.sub ?? target.attribute).caseExact;
  return exact ? textOf(plain) : textOf(plain).toLowerCase();
}

function oneOf(value: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(value)) return value;
  return value.find((item) => isObject(item) && item["primary"] === true) ?? value[0];
}
