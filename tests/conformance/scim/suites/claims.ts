import { describe, expect, it } from "vitest";

import {
  call,
  expectError,
  filterQuery,
  newUser,
  patchUser,
  resourceOf,
  unique,
  USER,
  userBody,
  type Api,
  type Resource,
} from "../api";

interface Claims {
  readonly patch: { readonly supported: boolean };
  readonly bulk: { readonly supported: boolean; readonly maxOperations: number };
  readonly filter: { readonly supported: boolean; readonly maxResults: number };
  readonly changePassword: { readonly supported: boolean };
  readonly sort: { readonly supported: boolean };
  readonly etag: { readonly supported: boolean };
  readonly pagination: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod: string;
    readonly defaultPageSize: number;
    readonly maxPageSize: number;
  };
  readonly securityEvents: { readonly asyncRequest: string; readonly eventUris: string[] };
  readonly authenticationSchemes: { readonly type: string; readonly primary: boolean }[];
}

/** What `/ServiceProviderConfig` claims is read from it, and then tried. */
export function claimsSuite(api: Api): void {
  const claims = async () => {
    const entry = await call(api, "GET", "/ServiceProviderConfig");
    expect(entry.status).toBe(200);
    return entry.answer as unknown as Claims;
  };

  describe("claims", () => {
    it("have the schema, and a location under which they are found", async () => {
      const { answer } = await call(api, "GET", "/ServiceProviderConfig");
      expect(answer).toMatchObject({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        meta: {
          resourceType: "ServiceProviderConfig",
          location: `${api.target().baseUrl}/ServiceProviderConfig`,
        },
      });
      expect(answer).not.toHaveProperty("id");
    });

    it("of patch, filter, sort and entity tags hold", async () => {
      const { patch, filter, sort, etag } = await claims();
      const supported = { supported: true };
      expect([patch, filter, sort, etag]).toMatchObject([supported, supported, supported, supported]);
      const user = await newUser(api);
      expect((await patchUser(api, user, { op: "replace", path: "title", value: "x" }))["title"]).toBe("x");
      const query = `${filterQuery(`id eq "${String(user["id"])}"`)}&sortBy=title`;
      const listed = await call(api, "GET", `/Users?${query}`);
      expect(listed.answer).toMatchObject({ totalResults: 1 });
      const read = await call(api, "GET", `/Users/${String(user["id"])}`);
      expect(read.headers.get("etag")).toBe(((read.answer as Resource)["meta"] as Resource)["version"]);
    });

    it("of page sizes and paging methods hold", async () => {
      const { bulk, filter, pagination } = await claims();
      expect(bulk.supported).toBe(true);
      expect(pagination.maxPageSize).toBe(filter.maxResults);
      const mark = unique();
      const count = pagination.maxPageSize + 5;
      const operations = Array.from({ length: count }, (_, index) => ({
        method: "POST",
        path: "/Groups",
        bulkId: `g${index}`,
        data: { displayName: `${mark} ${index}` },
      }));
      expect((await call(api, "POST", "/Bulk", { Operations: operations })).status).toBe(200);
      const page = async (query: string) =>
        (await call(api, "GET", `/Groups?${filterQuery(`displayName sw "${mark}"`)}&${query}`))
          .answer as Resource;
      const { defaultPageSize, maxPageSize } = pagination;
      expect(await page("")).toMatchObject({
        totalResults: count,
        itemsPerPage: defaultPageSize,
        startIndex: 1,
      });
      expect(await page("count=100000")).toMatchObject({ totalResults: count, itemsPerPage: maxPageSize });
      expect(pagination).toMatchObject({ index: true, cursor: true, defaultPaginationMethod: "index" });
      expect(await page("")).not.toHaveProperty("nextCursor");
      const first = await page(`cursor=&count=${maxPageSize}`);
      const rest = await page(`cursor=${String(first["nextCursor"])}&count=${maxPageSize}`);
      expect((rest["Resources"] as Resource[]).length).toBe(count - maxPageSize);
      expect(rest).not.toHaveProperty("nextCursor");
    });

    it("of what there is not hold: no password is changed, and nothing is answered later", async () => {
      const { changePassword, securityEvents } = await claims();
      expect(changePassword).toEqual({ supported: false });
      const user = await newUser(api);
      const same = await patchUser(api, user, { op: "replace", path: "password", value: "S3cret-S3cret" });
      expect(same).toEqual(user);
      expect(securityEvents).toEqual({ asyncRequest: "none", eventUris: [] });
      const made = await call(api, "POST", "/Users", userBody(), { prefer: "respond-async" });
      resourceOf(made, 201);
    });

    it("of authentication hold: one primary scheme, and nobody gets in without", async () => {
      const { authenticationSchemes } = await claims();
      const primary = authenticationSchemes.filter((scheme) => scheme.primary);
      expect(primary.map((scheme) => scheme.type)).toEqual(["oauthbearertoken"]);
      for (const path of ["/ServiceProviderConfig", `/Schemas/${USER}`, "/Users"]) {
        expectError(await call(api, "GET", path, undefined, { authorization: "Basic eDp5" }), 401);
      }
    });

    it("of resource types hold: each endpoint lists resources of the type's schema", async () => {
      await newUser(api);
      const { answer } = await call(api, "GET", "/ResourceTypes");
      const types = (answer as unknown as { Resources: Record<string, string>[] }).Resources;
      for (const { name, endpoint, schema } of types) {
        const listed = await call(api, "GET", `${endpoint}?count=1&excludedAttributes=members`);
        for (const resource of (listed.answer as unknown as { Resources: Resource[] }).Resources) {
          expect(resource["schemas"]).toContain(schema);
          expect((resource["meta"] as Resource)["resourceType"]).toBe(name);
        }
        expect((await call(api, "GET", `/Schemas/${schema}`)).answer).toMatchObject({ id: schema });
      }
    });
  });
}
