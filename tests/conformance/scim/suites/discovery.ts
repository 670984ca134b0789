import { describe, expect, it } from "vitest";

import { call, ENTERPRISE, expectError, GROUP, USER, type Api } from "../api";

interface Published {
  name: string;
  subAttributes?: Published[];
}

/** ServiceProviderConfig, ResourceTypes and Schemas. */
export function discoverySuite(api: Api): void {
  const schemas = async () => {
    const { answer } = await call(api, "GET", "/Schemas");
    return (answer as unknown as { Resources: { id: string; attributes: Published[] }[] }).Resources;
  };
  const names = (attributes: readonly Published[]): string[] =>
    attributes.flatMap(({ name, subAttributes = [] }) => [
      name,
      ...subAttributes.map((sub) => `${name}.${sub.name}`),
    ]);

  describe("discovery", () => {
    it("lists resource types and gives each by name", async () => {
      const { answer } = await call(api, "GET", "/ResourceTypes");
      expect(answer).toMatchObject({
        totalResults: 2,
        Resources: [
          {
            id: "User",
            endpoint: "/Users",
            schema: USER,
            schemaExtensions: [{ schema: ENTERPRISE, required: false }],
          },
          { id: "Group", endpoint: "/Groups", schema: GROUP, schemaExtensions: [] },
        ],
      });
      expect((await call(api, "GET", "/ResourceTypes/Group")).answer).toMatchObject({ id: "Group" });
      expectError(await call(api, "GET", "/ResourceTypes/Robot"), 404);
    });

    it("publishes every attribute that Entra maps, and not those its validator rejects", async () => {
      const published = await schemas();
      expect(published.map((schema) => schema.id)).toEqual([USER, GROUP, ENTERPRISE]);
      const [user, group, enterprise] = published.map((schema) => names(schema.attributes));
      for (const name of [
        "userName",
        "externalId",
        "displayName",
        "active",
        "title",
        "preferredLanguage",
        "name.givenName",
      ]) {
        expect(user).toContain(name);
      }
      for (const name of [
        "emails.value",
        "emails.type",
        "emails.primary",
        "phoneNumbers.value",
        "addresses.formatted",
        "roles.value",
      ]) {
        expect(user).toContain(name);
      }
      for (const name of ["password", "emails.display", "id", "meta"]) expect(user).not.toContain(name);
      expect(group).toEqual(
        expect.arrayContaining(["displayName", "externalId", "members", "members.value"]),
      );
      expect(enterprise).toEqual(
        expect.arrayContaining(["department", "employeeNumber", "manager", "manager.value"]),
      );
    });

    it("gives one schema by its URN, without nulls", async () => {
      const entry = await call(api, "GET", `/Schemas/${USER}`);
      expect(entry.answer).toMatchObject({ id: USER, meta: { resourceType: "Schema" } });
      expect(JSON.stringify(entry.answer)).not.toContain("null");
      expectError(await call(api, "GET", "/Schemas/urn:x"), 404);
    });

    it("refuses to filter discovery documents", async () => {
      expect.hasAssertions();
      expectError(await call(api, "GET", "/Schemas?filter=id+eq+%22x%22"), 403);
      expectError(await call(api, "GET", "/ResourceTypes?filter=id+eq+%22x%22"), 403);
    });
  });
}
