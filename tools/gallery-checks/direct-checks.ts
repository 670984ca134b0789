import { randomUUID } from "node:crypto";

import { clearPatch, patchMessage, textOf, type Json } from "../entra-sim/index";
import { isValuePath, readTarget } from "../entra-sim/mapping";
import { strictList } from "../entra-sim/strict-answer";
import type { Check, Stage } from "./check";
import { discoverableNames, MAPPED_GROUP_ATTRIBUTES, MAPPED_USER_ATTRIBUTES, schemasIn } from "./discovery";
import { ENTERPRISE, GROUP, require, USER, type Resource, type Service } from "./service";

const MANAGER = `${ENTERPRISE}:manager`;
/** The validation changes what is single-valued and no reference, and leaves these alone. */
const NEVER_CHANGED = new Set([
  "active",
  "userName",
  "externalId",
  MANAGER,
  'roles[primary eq "True"].value',
]);
const CHANGED = MAPPED_USER_ATTRIBUTES.filter((path) => !NEVER_CHANGED.has(path));

const userBody = (unique: string): Resource => ({
  schemas: [USER, ENTERPRISE],
  userName: `gallery-${unique}@contoso.example`,
  externalId: randomUUID(),
  active: true,
  displayName: `Gallery ${unique}`,
  title: "Tester",
  preferredLanguage: "en-US",
  name: { givenName: "Gal", familyName: "Lery", formatted: "Gal Lery" },
  emails: [{ type: "work", value: `gallery-${unique}@contoso.example`, primary: true }],
  phoneNumbers: ["work", "mobile", "fax"].map((type, index) => ({
    type,
    value: `+1 555 010${index}`,
    primary: index === 0,
  })),
  addresses: [
    {
      type: "work",
      formatted: "1 Chalk Street",
      streetAddress: "1 Chalk Street",
      locality: "Redmond",
      region: "WA",
      postalCode: "98052",
      country: "US",
      primary: true,
    },
  ],
  [ENTERPRISE]: { employeeNumber: "701", department: "Tests" },
});

const groupBody = (unique: string): Resource => ({
  schemas: [GROUP],
  externalId: randomUUID(),
  displayName: `Gallery ${unique}`,
});

/** Both forms of the same change: an operation for each path, and flat keys in one operation. */
function bothForms(values: Readonly<Record<string, Json>>): { form: string; body: Resource }[] {
  const verbose = Object.entries(values).map(([path, value]) => ({ op: "replace", path, value }));
  const flat = Object.fromEntries(Object.entries(values).filter(([path]) => !isValuePath(path)));
  const compact = [...verbose.filter(({ path }) => isValuePath(path)), { op: "replace", value: flat }];
  return [
    { form: "verbose", body: patchMessage(verbose) },
    { form: "compact", body: patchMessage(compact) },
  ];
}

const patch = (service: Service, path: string, body: Resource) =>
  service.expect([200, 204], "PATCH", path, body);

async function discover({ service }: Stage): Promise<string> {
  const schemas = schemasIn(await service.get("/Schemas"));
  require(schemas.length > 0, "/Schemas returned no schema");
  require(schemas.some(({ id }) => id === GROUP), "/Schemas does not have the Group schema");
  const missing = [
    ...missingFrom(discoverableNames(schemas, "User"), MAPPED_USER_ATTRIBUTES),
    ...missingFrom(discoverableNames(schemas, "Group"), MAPPED_GROUP_ATTRIBUTES),
  ];
  require(missing.length === 0, `attributes that /Schemas does not show: ${missing.join(", ")}`);
  return `${MAPPED_USER_ATTRIBUTES.length} user and ${MAPPED_GROUP_ATTRIBUTES.length} group attributes found`;
}

const missingFrom = (names: ReadonlySet<string>, wanted: readonly string[]): string[] =>
  wanted.filter((name) => !names.has(name.toLowerCase()));

async function clear({ service, unique }: Stage): Promise<string> {
  for (const compact of [false, true]) {
    const user = await service.create("Users", userBody(unique()));
    const path = `/Users/${textOf(user["id"])}`;
    for (const value of ["", null] as const) {
      const flat = bothForms(Object.fromEntries(CHANGED.map((attribute) => [attribute, value])))[1]!.body;
      const entry = await patch(service, path, compact ? flat : clearPatch(CHANGED, value));
      const stored = await service.get(path);
      const left = CHANGED.filter((attribute) => (readTarget(stored, attribute) ?? "") !== "");
      require(left.length === 0, `${JSON.stringify(value)} did not clear ${left.join(", ")}`, entry);
    }
  }
  return `${CHANGED.length} attributes by "" and null, verbose and compact`;
}

async function createUser({ service, unique }: Stage): Promise<string> {
  const body = userBody(unique());
  const created = await service.create("Users", body);
  require(created["userName"] === body["userName"], "userName came back changed");
  return "201, an id, userName unchanged";
}

async function updateUser({ service, unique }: Stage): Promise<string> {
  const user = await service.create("Users", userBody(unique()));
  const path = `/Users/${textOf(user["id"])}`;
  const attributes = ["userName", ...CHANGED];
  for (const round of ["verbose", "compact"]) {
    const values = Object.fromEntries(attributes.map((attribute) => [attribute, `upd-${unique()}`]));
    const { body } = bothForms(values).find(({ form }) => form === round)!;
    const entry = await patch(service, path, body);
    const stored = await service.get(path);
    const wrong = attributes.filter((attribute) => readTarget(stored, attribute) !== values[attribute]);
    require(wrong.length === 0, `${round}: stored differently: ${wrong.join(", ")}`, entry);
  }
  return `${attributes.length} attributes, verbose and compact`;
}

async function createGroup({ service, unique }: Stage): Promise<string> {
  const body = groupBody(unique());
  const created = await service.create("Groups", body);
  require(created["displayName"] === body["displayName"], "displayName came back changed");
  return "201, an id, displayName unchanged";
}

async function updateGroup({ service, unique }: Stage): Promise<string> {
  const group = await service.create("Groups", groupBody(unique()));
  const path = `/Groups/${textOf(group["id"])}`;
  for (const { form, body } of bothForms({ displayName: `upd-${unique()}`, externalId: `upd-${unique()}` })) {
    const entry = await patch(service, path, body);
    const stored = await service.get(path);
    const operations = body["Operations"] as Resource[];
    const sent =
      form === "verbose"
        ? Object.fromEntries(operations.map((one) => [textOf(one["path"]), one["value"]!]))
        : (operations[0]!["value"] as Resource);
    const wrong = Object.keys(sent).filter((name) => stored[name] !== sent[name]);
    require(wrong.length === 0, `${form}: stored differently: ${wrong.join(", ")}`, entry);
  }
  return "displayName and externalId, verbose and compact";
}

const PAGE = 5;
const LEAST = 11;

async function paginate(plural: "Users" | "Groups", { service, unique }: Stage): Promise<string> {
  const type = plural === "Users" ? "User" : "Group";
  const page = async (startIndex: number, count: number) => {
    const entry = await service.expect([200], "GET", `/${plural}?startIndex=${startIndex}&count=${count}`);
    return { entry, list: strictList(entry.answer, type) };
  };
  const { total } = (await page(1, 1)).list;
  for (let made = total; made < LEAST; made++) {
    await service.create(plural, plural === "Users" ? userBody(unique()) : groupBody(unique()));
  }
  const seen = new Set<Json>();
  let pages = 0;
  for (let expected = Math.max(total, LEAST); seen.size < expected && pages < 20; pages++) {
    const startIndex = pages * PAGE + 1;
    const { entry, list } = await page(startIndex, PAGE);
    require(list.startIndex ===
      startIndex, `startIndex is ${list.startIndex} instead of ${startIndex}`, entry);
    require(list.resources.every(({ id }) => !seen.has(id!)), "a resource is on two pages", entry);
    require(list.resources.length > 0, "a page is empty before the end", entry);
    for (const { id } of list.resources) seen.add(id!);
    expected = list.total;
  }
  require(pages >= 2, `only ${pages} page`);
  return `${pages} pages of ${PAGE}`;
}

async function updateManager({ service, unique }: Stage): Promise<string> {
  const create = async () => textOf((await service.create("Users", userBody(unique())))["id"]);
  const [user, first, second] = [await create(), await create(), await create()];
  const steps = [
    ["Add", first, first],
    ["replace", second, second],
    ["replace", "", undefined],
  ] as const;
  for (const [op, value, wanted] of steps) {
    const entry = await patch(service, `/Users/${user}`, patchMessage([{ op, path: MANAGER, value }]));
    const manager = readTarget(await service.get(`/Users/${user}`), MANAGER) as Resource | undefined;
    require(manager?.["value"] ===
      wanted, `after ${op} of ${JSON.stringify(value)} the manager is ${JSON.stringify(manager ?? null)}`, entry);
  }
  return "set, changed, removed";
}

/** What the validation sends by itself, past Entra's engine. */
export const DIRECT_CHECKS: readonly Check[] = [
  { number: 15, name: "Schema_Discoverability_Test", mandatory: true, run: discover },
  { number: 16, name: "SCIM_Null_Update_Test", mandatory: true, run: clear },
  { number: 17, name: "SCIM_User_Create_Test", mandatory: true, run: createUser },
  { number: 18, name: "SCIM_User_Update_Test", mandatory: true, run: updateUser },
  { number: 19, name: "SCIM_Group_Create_Test", mandatory: true, run: createGroup },
  { number: 20, name: "SCIM_Group_Update_Test", mandatory: true, run: updateGroup },
  {
    number: 23,
    name: "SCIM_User_Pagination_Test",
    mandatory: true,
    run: (stage) => paginate("Users", stage),
  },
  {
    number: 24,
    name: "SCIM_Group_Pagination_Test",
    mandatory: false,
    run: (stage) => paginate("Groups", stage),
  },
  { number: 25, name: "SCIM_Update_Manager_Test", mandatory: true, run: updateManager },
];
