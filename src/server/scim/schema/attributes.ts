/** One attribute as RFC 7643 section 7 describes it. The table drives PATCH, filters, projection and /Schemas. */
export interface AttributeDefinition {
  readonly name: string;
  readonly type: "string" | "boolean" | "dateTime" | "reference" | "complex";
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "default" | "never";
  readonly uniqueness: "none" | "server";
  readonly subAttributes: readonly AttributeDefinition[];
  readonly canonicalValues: readonly string[];
  readonly referenceTypes: readonly string[];
  /** Shown in /Schemas. Microsoft's validator rejects some standard attributes there, so not all are. */
  readonly published: boolean;
  /** Accepted and thrown away: a client that sends it must not fail because of it. */
  readonly ignored: boolean;
}

export const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Whether a URN is that of a core schema, in any letter case. */
export function isCoreUrn(urn: string): boolean {
  return [USER_URN, GROUP_URN].some((core) => core.toLowerCase() === urn.toLowerCase());
}

function attribute(
  name: string,
  description: string,
  overrides: Partial<AttributeDefinition> = {},
): AttributeDefinition {
  return {
    name,
    type: "string",
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    subAttributes: [],
    canonicalValues: [],
    referenceTypes: [],
    published: true,
    ignored: false,
    ...overrides,
  };
}

function complex(
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  overrides: Partial<AttributeDefinition> = {},
): AttributeDefinition {
  return attribute(name, description, { type: "complex", subAttributes, ...overrides });
}

const hidden = { published: false } as const;
const readOnly = { mutability: "readOnly" } as const;
const primary = attribute("primary", "Whether this is the preferred value; true at most once.", {
  type: "boolean",
});
const kind = (values: readonly string[]) =>
  attribute("type", "What the value is used for.", { canonicalValues: values });

const id = attribute("id", "Chalkroom's own identifier; never changes and is never used again.", {
  ...readOnly,
  ...hidden,
  caseExact: true,
  returned: "always",
  uniqueness: "server",
});
const externalId = attribute("externalId", "The identity provider's identifier, kept as it was sent.", {
  caseExact: true,
});
const meta = complex(
  "meta",
  "Facts about the resource itself.",
  [
    attribute("resourceType", "User or Group.", { ...readOnly, caseExact: true }),
    attribute("created", "When the resource was made.", { ...readOnly, type: "dateTime" }),
    attribute("lastModified", "When the resource changed last.", { ...readOnly, type: "dateTime" }),
    attribute("location", "The resource's URL.", { ...readOnly, caseExact: true }),
    attribute("version", "The weak entity tag.", { ...readOnly, caseExact: true }),
  ],
  { ...readOnly, ...hidden },
);
const schemas = attribute("schemas", "The schemas whose attributes the resource has.", {
  ...hidden,
  multiValued: true,
  mutability: "readOnly",
  returned: "always",
  caseExact: true,
});

/** Attributes that both resource types have (RFC 7643 section 3.1). */
const COMMON: readonly AttributeDefinition[] = [schemas, id, externalId, meta];

const ignoredList = (name: string) =>
  complex(name, "Accepted and not kept.", [], { multiValued: true, ...hidden, ignored: true });

export const USER_ATTRIBUTES: readonly AttributeDefinition[] = [
  ...COMMON,
  attribute(
    "userName",
    "The name that identifies the member in the workspace, often the user principal name.",
    {
      required: true,
      uniqueness: "server",
    },
  ),
  complex("name", "The parts of the person's name.", [
    attribute("formatted", "The whole name as it is shown."),
    attribute("familyName", "The family name."),
    attribute("givenName", "The given name."),
    attribute("middleName", "The middle names."),
    attribute("honorificPrefix", "A title before the name."),
    attribute("honorificSuffix", "A suffix after the name."),
  ]),
  attribute("displayName", "The name that people see on boards and in lists."),
  attribute("nickName", "A casual name.", hidden),
  attribute("profileUrl", "A page about the person.", {
    ...hidden,
    type: "reference",
    referenceTypes: ["external"],
  }),
  attribute("title", "The job title."),
  attribute("userType", "How the person relates to the organisation.", hidden),
  attribute("preferredLanguage", "The preferred language, for example en-GB."),
  attribute("locale", "The locale for dates and numbers."),
  attribute("timezone", "The IANA time zone."),
  attribute("active", "False ends the member's access at once; content and groups stay.", {
    type: "boolean",
  }),
  attribute("password", "Never stored.", {
    ...hidden,
    mutability: "writeOnly",
    returned: "never",
    ignored: true,
  }),
  complex(
    "emails",
    "E-mail addresses.",
    [
      attribute("value", "The address."),
      kind(["work", "home", "other"]),
      primary,
      attribute("display", "", hidden),
    ],
    { multiValued: true },
  ),
  complex(
    "phoneNumbers",
    "Telephone numbers.",
    [
      attribute("value", "The number."),
      kind(["work", "home", "mobile", "fax", "pager", "other"]),
      primary,
      attribute("display", "", hidden),
    ],
    { multiValued: true },
  ),
  complex(
    "addresses",
    "Postal addresses.",
    [
      attribute("formatted", "The whole address."),
      attribute("streetAddress", "Street and number."),
      attribute("locality", "City."),
      attribute("region", "State or region."),
      attribute("postalCode", "Postal code."),
      attribute("country", "Country."),
      kind(["work", "home", "other"]),
      primary,
    ],
    { multiValued: true },
  ),
  complex(
    "roles",
    "Roles given by the identity provider. Editor and Viewer set the role in the workspace; others are only kept.",
    [
      attribute("value", "The role's value."),
      attribute("display", "The role's name."),
      attribute("type", "The kind of role."),
      primary,
    ],
    { multiValued: true },
  ),
  complex(
    "groups",
    "The groups the member belongs to.",
    [
      attribute("value", "The group's id.", { ...readOnly, caseExact: true }),
      attribute("$ref", "The group's URL.", {
        ...readOnly,
        caseExact: true,
        type: "reference",
        referenceTypes: ["Group"],
      }),
      attribute("display", "The group's name.", readOnly),
      attribute("type", "Always direct.", { ...readOnly, canonicalValues: ["direct"] }),
    ],
    { multiValued: true, ...readOnly },
  ),
  attribute("editor", "Whimsical's form of a role: true is an editor, false a viewer.", {
    ...hidden,
    type: "boolean",
  }),
  ignoredList("ims"),
  ignoredList("photos"),
  ignoredList("entitlements"),
  ignoredList("x509Certificates"),
];

export const ENTERPRISE_ATTRIBUTES: readonly AttributeDefinition[] = [
  attribute("employeeNumber", "The number the organisation gave the person."),
  attribute("costCenter", "The cost centre."),
  attribute("organization", "The organisation."),
  attribute("division", "The division."),
  attribute("department", "The department."),
  complex("manager", "The person's manager.", [
    attribute("value", "The manager's id.", { caseExact: true }),
    attribute("$ref", "The manager's URL.", {
      ...readOnly,
      caseExact: true,
      type: "reference",
      referenceTypes: ["User"],
    }),
    attribute("displayName", "The manager's name.", readOnly),
  ]),
];

export const GROUP_ATTRIBUTES: readonly AttributeDefinition[] = [
  ...COMMON,
  attribute("displayName", "The group's name, once per workspace.", { required: true, uniqueness: "server" }),
  complex(
    "members",
    "The people in the group.",
    [
      attribute("value", "The member's id.", { mutability: "immutable", caseExact: true }),
      attribute("$ref", "The member's URL.", {
        mutability: "immutable",
        caseExact: true,
        type: "reference",
        referenceTypes: ["User"],
      }),
      attribute("type", "Always User.", { mutability: "immutable", canonicalValues: ["User"] }),
      attribute("display", "The member's name.", { ...readOnly, ...hidden }),
    ],
    { multiValued: true },
  ),
];

export type ResourceType = "User" | "Group";

const index = (definitions: readonly AttributeDefinition[]) =>
  new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));

const CORE: Readonly<Record<ResourceType, ReadonlyMap<string, AttributeDefinition>>> = {
  User: index(USER_ATTRIBUTES),
  Group: index(GROUP_ATTRIBUTES),
};
const ENTERPRISE = index(ENTERPRISE_ATTRIBUTES);

/** A core attribute by name in any case. */
export function findCoreAttribute(resource: ResourceType, name: string): AttributeDefinition | undefined {
  return CORE[resource].get(name.toLowerCase());
}

/** An attribute of the enterprise extension by name in any case. */
export function findEnterpriseAttribute(name: string): AttributeDefinition | undefined {
  return ENTERPRISE.get(name.toLowerCase());
}

/** A sub-attribute of a complex attribute by name in any case. */
export function findSubAttribute(parent: AttributeDefinition, name: string): AttributeDefinition | undefined {
  const lower = name.toLowerCase();
  return parent.subAttributes.find((candidate) => candidate.name.toLowerCase() === lower);
}
