import { runBulk, type PlainOperation } from "../bulk/run-bulk";
import { getGroup, groupSource, listGroupResources } from "../groups/read-groups";
import {
  createGroupResource,
  deleteGroupResource,
  patchGroup,
  replaceGroupResource,
} from "../groups/write-group";
import type { JsonObject } from "../json";
import type { Projection } from "../resources/projection";
import { resourceTypesAnswer, schemasAnswer, serviceProviderConfig } from "../schema/discovery";
import { ScimError } from "../scim-error";
import { getUser, listUsers, userSource } from "../users/read-users";
import { createUser, deleteUser, patchUser, replaceUser } from "../users/write-user";
import type { Answer } from "./answer";
import { chargeOperation } from "./authenticate";
import type { ScimContext } from "./context";
import { warnOfDuplicates } from "./duplicates";
import { listRequestFromBody, listRequestFromQuery, projectionOf, type ListRequest } from "./list-request";
import { BulkNotes } from "./observation";
import { listResources } from "./list-resources";
import type { Preconditions } from "./preconditions";
import { listSortedRoot } from "./sorted-root";

/** One authenticated request, as handlers see it. */
export interface ScimRequest {
  readonly context: ScimContext;
  /** @throws ScimError 413, 415, 400 invalidSyntax, 400 invalidValue */
  readonly readBody: () => Promise<JsonObject>;
  /** Query parameters by lower-case name. */
  readonly query: ReadonlyMap<string, string>;
  readonly preconditions: Preconditions;
}

type Handler = (call: ScimRequest, id: string) => Promise<Answer>;
export type RouteMethods = Readonly<Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>>>;

const query = (call: ScimRequest): ListRequest => listRequestFromQuery(call.query);
const search = async (call: ScimRequest): Promise<ListRequest> => listRequestFromBody(await call.readBody());

/** The use cases of one kind of resource. */
interface ResourceHandlers {
  readonly list: (context: ScimContext, request: ListRequest) => Promise<Answer>;
  readonly create: (context: ScimContext, body: JsonObject, projection: Projection) => Promise<Answer>;
  readonly get: (
    context: ScimContext,
    id: string,
    projection: Projection,
    preconditions: Preconditions,
  ) => Promise<Answer>;
  readonly replace: Change;
  readonly patch: Change;
  readonly remove: (context: ScimContext, id: string, preconditions: Preconditions) => Promise<Answer>;
}

type Change = (
  context: ScimContext,
  id: string,
  body: JsonObject,
  projection: Projection,
  preconditions: Preconditions,
) => Promise<Answer>;

const changing =
  (change: Change): Handler =>
  async (call, id) =>
    change(call.context, id, await call.readBody(), projectionOf(call.query), call.preconditions);

/** The collection, its `.search` and its single resources, under the collection's name. */
function resourceRoutes(name: string, handlers: ResourceHandlers): Record<string, RouteMethods> {
  const { create, get, replace, patch, remove } = handlers;
  const list = async (context: ScimContext, request: ListRequest): Promise<Answer> => {
    const answer = await handlers.list(context, request);
    warnOfDuplicates(context, request, answer);
    return answer;
  };
  return {
    [name]: {
      GET: async (call) => list(call.context, query(call)),
      POST: async (call) => create(call.context, await call.readBody(), projectionOf(call.query)),
    },
    [`${name}/.search`]: { POST: async (call) => list(call.context, await search(call)) },
    [`${name}/*`]: {
      GET: async (call, id) => get(call.context, id, projectionOf(call.query), call.preconditions),
      PUT: changing(replace),
      PATCH: changing(patch),
      DELETE: async (call, id) => remove(call.context, id, call.preconditions),
    },
  };
}

/** The root query (RFC 7644 section 3.4.2.1): users first, then groups, in one numbering, unless it asks for an order. */
function listEverything(context: ScimContext, request: ListRequest): Promise<Answer> {
  const list = request.sortBy === null ? listResources : listSortedRoot;
  return list(context, request, [userSource, groupSource]);
}

/** Discovery does not filter, and must say so (RFC 7644 section 4). */
function refuseFilter(call: ScimRequest): void {
  if (call.query.has("filter")) throw new ScimError(403, "Discovery documents cannot be filtered.");
}

const unsupported =
  (what: string): Handler =>
  async () => {
    throw new ScimError(501, `${what} is not supported.`);
  };

/** What an answer within a Bulk shows of the resource: nothing, so nothing more is loaded. */
const BARE: ReadonlyMap<string, string> = new Map([["attributes", "id"]]);

/** One operation of a Bulk, by the same handler as a request of its own. */
async function performOperation(context: ScimContext, operation: PlainOperation): Promise<Answer> {
  const { method, path, body, version } = operation;
  const route = findRoute(path);
  const handler = route?.methods[method];
  if (!route) throw new ScimError(404, "There is no such SCIM endpoint.");
  if (!handler) throw new ScimError(405, `${method} is not possible on "/${path.slice(0, 100)}".`);
  const preconditions = { ifMatch: version, ifNoneMatch: null };
  return handler({ context, readBody: async () => body, query: BARE, preconditions }, route.id);
}

const bulk: Handler = async ({ context, readBody }) => {
  const notes = new BulkNotes();
  const inner = { ...context, observe: notes.observe };
  const perform = (operation: PlainOperation) => {
    chargeOperation(context);
    return performOperation(inner, operation);
  };
  const answer = await runBulk(context.baseUrl, await readBody(), perform);
  context.observe(notes.summarise(answer));
  return answer;
};

const me = unsupported("The /Me alias");

const ROUTES: Readonly<Record<string, RouteMethods>> = {
  "": { GET: async (call) => listEverything(call.context, query(call)) },
  ".search": { POST: async (call) => listEverything(call.context, await search(call)) },
  ...resourceRoutes("Users", {
    list: listUsers,
    create: createUser,
    get: getUser,
    replace: replaceUser,
    patch: patchUser,
    remove: deleteUser,
  }),
  ...resourceRoutes("Groups", {
    list: listGroupResources,
    create: createGroupResource,
    get: getGroup,
    replace: replaceGroupResource,
    patch: patchGroup,
    remove: deleteGroupResource,
  }),
  ServiceProviderConfig: { GET: async (call) => serviceProviderConfig(call.context.baseUrl) },
  ResourceTypes: {
    GET: async (call) => (refuseFilter(call), resourceTypesAnswer(call.context.baseUrl, null)),
  },
  "ResourceTypes/*": { GET: async (call, id) => resourceTypesAnswer(call.context.baseUrl, id) },
  Schemas: { GET: async (call) => (refuseFilter(call), schemasAnswer(call.context.baseUrl, null)) },
  "Schemas/*": { GET: async (call, id) => schemasAnswer(call.context.baseUrl, id) },
  Bulk: { POST: bulk },
  Me: { GET: me, POST: me, PUT: me, PATCH: me, DELETE: me },
};

/** The methods of a path below the SCIM root (without leading slash), and the id in it. Null when nothing is there. */
export function findRoute(path: string): { readonly methods: RouteMethods; readonly id: string } | null {
  if (Object.hasOwn(ROUTES, path)) return { methods: ROUTES[path]!, id: "" };
  const [collection = "", encodedId = "", ...more] = path.split("/");
  const route = `${collection}/*`;
  if (more.length > 0 || encodedId === "" || !Object.hasOwn(ROUTES, route)) return null;
  try {
    return { methods: ROUTES[route]!, id: decodeURIComponent(encodedId) };
  } catch {
    return null;
  }
}
