import { MAX_BULK_OPERATIONS } from "../bulk/bulk-request";
import { listAnswer, type Answer } from "../http/answer";
import { CURSOR_TIMEOUT_S } from "../http/cursor";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "../http/list-request";
import { MAX_BODY_BYTES } from "../http/request-body";
import { textOf, type JsonObject } from "../json";
import { ScimError } from "../scim-error";
import {
  ENTERPRISE_ATTRIBUTES,
  ENTERPRISE_URN,
  GROUP_ATTRIBUTES,
  GROUP_URN,
  USER_ATTRIBUTES,
  USER_URN,
  type AttributeDefinition,
} from "./attributes";

/** GET /ServiceProviderConfig (RFC 7643 section 5): claims only what works. */
export function serviceProviderConfig(baseUrl: string): Answer {
  return found({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: MAX_BULK_OPERATIONS, maxPayloadSize: MAX_BODY_BYTES },
    filter: { supported: true, maxResults: MAX_PAGE_SIZE },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: DEFAULT_PAGE_SIZE,
      maxPageSize: MAX_PAGE_SIZE,
      cursorTimeout: CURSOR_TIMEOUT_S,
    },
    securityEvents: { asyncRequest: "none", eventUris: [] },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "OAuth Bearer Token",
        description: "The workspace's SCIM token from Workspace settings, Provisioning.",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
        primary: true,
      },
      {
        type: "oauth2",
        name: "OAuth 2.0 client credentials",
        description: "An access token for a client of the workspace, by secret or by an assertion of Entra.",
        specUri: "https://www.rfc-editor.org/info/rfc6749",
        primary: false,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  });
}

const found = (body: JsonObject): Answer => ({ status: 200, body });

function resourceType(
  baseUrl: string,
  name: string,
  description: string,
  urn: string,
  extensions: readonly string[],
): JsonObject {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: name,
    name,
    endpoint: `/${name}s`,
    description,
    schema: urn,
    schemaExtensions: extensions.map((extension) => ({ schema: extension, required: false })),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${name}` },
  };
}

const resourceTypes = (baseUrl: string): JsonObject[] => [
  resourceType(baseUrl, "User", "A member of the workspace.", USER_URN, [ENTERPRISE_URN]),
  resourceType(baseUrl, "Group", "A group of members.", GROUP_URN, []),
];

const schemas = (baseUrl: string): JsonObject[] => [
  schema(baseUrl, USER_URN, "User", "A member of the workspace.", USER_ATTRIBUTES),
  schema(baseUrl, GROUP_URN, "Group", "A group of members.", GROUP_ATTRIBUTES),
  schema(
    baseUrl,
    ENTERPRISE_URN,
    "EnterpriseUser",
    "What an organisation knows of a person.",
    ENTERPRISE_ATTRIBUTES,
  ),
];

function schema(
  baseUrl: string,
  id: string,
  name: string,
  description: string,
  attributes: readonly AttributeDefinition[],
): JsonObject {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    id,
    name,
    description,
    attributes: attributes.filter((attribute) => attribute.published).map(describe),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${id}` },
  };
}

function describe(attribute: AttributeDefinition): JsonObject {
  const { name, type, multiValued, description, required, mutability, returned, uniqueness } = attribute;
  const subs = attribute.subAttributes.filter((sub) => sub.published);
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(type === "string" || type === "reference" ? { caseExact: attribute.caseExact } : {}),
    mutability,
    returned,
    uniqueness,
    ...(attribute.canonicalValues.length > 0 ? { canonicalValues: [...attribute.canonicalValues] } : {}),
    ...(attribute.referenceTypes.length > 0 ? { referenceTypes: [...attribute.referenceTypes] } : {}),
    ...(subs.length > 0 ? { subAttributes: subs.map(describe) } : {}),
  };
}

/** GET /ResourceTypes[/ID] @throws ScimError 404 */
export function resourceTypesAnswer(baseUrl: string, id: string | null): Answer {
  return oneOrAll(resourceTypes(baseUrl), id);
}

/** GET /Schemas[/URN] @throws ScimError 404 */
export function schemasAnswer(baseUrl: string, id: string | null): Answer {
  return oneOrAll(schemas(baseUrl), id);
}

/** Discovery lists come whole; paging and sorting parameters are passed over (RFC 7644 section 4). */
function oneOrAll(resources: JsonObject[], id: string | null): Answer {
  if (id === null) return listAnswer(resources, resources.length, 1);
  const resource = resources.find((item) => textOf(item["id"]).toLowerCase() === id.toLowerCase());
  if (!resource) throw new ScimError(404, `There is no "${id.slice(0, 100)}" here.`);
  return found(resource);
}
