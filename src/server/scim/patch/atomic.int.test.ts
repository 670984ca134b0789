import fc from "fast-check";
import { beforeAll, beforeEach, expect, it } from "vitest";

import {
  call,
  ENTERPRISE,
  getGroup,
  getUser,
  newGroup,
  newUser,
  type Api,
  type Resource,
} from "../../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { db } from "#server/db/index";
import { clearProcessSlot } from "#server/kernel/slot";

useTestDatabase();

let connection: ScimConnection;
let user: Resource;
let group: Resource;
const api: Api = { target: () => connection.target, stranger: () => connection.target };

beforeAll(async () => {
  connection = await connectScim();
  user = await newUser(api);
  group = await newGroup(api, { members: [{ value: user["id"]! }] });
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

const text = fc.string({ minLength: 1, maxLength: 10 }).filter((value) => value.trim() !== "");
const operation = (op: string, path: string | undefined, value: fc.Arbitrary<unknown>) =>
  fc.record({ op: fc.constant(op), ...(path === undefined ? {} : { path: fc.constant(path) }), value });

const goodForUser = fc.oneof(
  operation("replace", "title", text),
  operation("Replace", "userName", text),
  operation("Replace", "active", fc.constantFrom("False", false)),
  operation("add", 'emails[type eq "home"].value', text),
  operation("remove", "emails", fc.constant(undefined)),
  operation("replace", undefined, fc.record({ "name.givenName": text, [`${ENTERPRISE}:department`]: text })),
  operation("add", "roles", fc.constant([{ value: "Viewer" }])),
);
const badForUser = fc.constantFrom(
  { op: "replace", path: "active", value: "maybe" },
  { op: "replace", path: "foo.bar", value: 1 },
  { op: "remove" },
  { op: "replace", path: "id", value: "other" },
  { op: "replace", value: { userName: "" } },
  { op: "add", path: "emails[", value: 1 },
  { op: "replace", path: 'emails[value sw "nobody"].type', value: "x" },
  { op: "jump", path: "title", value: "x" },
  { op: "add", path: "title", value: { a: 1 } },
);
const harmlessForGroup = fc.oneof(
  operation("Replace", "displayName", text),
  operation("replace", "externalId", text),
);
const goodForGroup = fc.oneof(
  harmlessForGroup,
  operation("remove", "members", fc.constant(undefined)),
  operation("replace", undefined, fc.constant({ members: [] })),
);
const badForGroup = fc.constantFrom(
  { op: "add", path: "members", value: [{ value: "u_nobody" }] },
  { op: "add", path: "members", value: [{ value: "0190a1b2-0000-7000-8000-000000000000" }] },
  { op: "remove", path: "displayName" },
  { op: "remove", path: 'members[display co "x"]' },
  { op: "replace", path: "nonsense", value: 1 },
);

/** Good operations with a bad one somewhere among them. */
const spoiled = (good: fc.Arbitrary<unknown>, bad: fc.Arbitrary<unknown>, later = good) =>
  fc
    .tuple(fc.array(good, { maxLength: 4 }), bad, fc.array(later, { maxLength: 3 }))
    .map(([before, wrong, after]) => [...before, wrong, ...after]);

const traces = async () => ({
  audited: await db().auditEvent.count(),
  revoked: await db().revocation.count(),
  members: await db().member.findMany({ orderBy: { id: "asc" } }),
  groups: await db().group.findMany({ orderBy: { id: "asc" } }),
  memberships: await db().groupMembership.count(),
});

it.each([
  ["a user", () => ["/Users", user, getUser] as const, spoiled(goodForUser, badForUser)],
  [
    "a group",
    () => ["/Groups", group, getGroup] as const,
    spoiled(goodForGroup, badForGroup, harmlessForGroup),
  ],
])("leaves everything as it was when one operation on %s is wrong", async (_kind, subject, requests) => {
  const [collection, resource, read] = subject();
  const before = { shown: await read(api, resource["id"]), traces: await traces() };
  await fc.assert(
    fc.asyncProperty(requests, async (operations) => {
      const path = `${collection}/${String(resource["id"])}`;
      const Operations = JSON.parse(JSON.stringify(operations)) as Resource[];
      const entry = await call(api, "PATCH", path, { Operations });
      expect(entry.status, JSON.stringify(Operations)).toBe(400);
      expect({ shown: await read(api, resource["id"]), traces: await traces() }).toEqual(before);
    }),
    { numRuns: 80 },
  );
});
