import { describe, expect, it } from "vitest";

import { call, expectError, newGroup, newUser, type Api, type Resource } from "../api";

/** RFC 7644 section 3.14 and RFC 9110 section 13. */
export function preconditionsSuite(api: Api): void {
  const kinds: [string, () => Promise<Resource>, string, (resource: Resource) => Resource][] = [
    ["a user", () => newUser(api), "Users", ({ userName }) => ({ userName: userName! })],
    ["a group", () => newGroup(api), "Groups", ({ displayName }) => ({ displayName: displayName! })],
  ];
  const tagOf = (resource: Resource) => String((resource["meta"] as Resource)["version"]);

  describe.each(kinds)("entity tags of %s", (_kind, make, collection, whole) => {
    const patchBody = (externalId: string) => ({
      Operations: [{ op: "replace", path: "externalId", value: externalId }],
    });

    it("come with every answer that shows or changes it, and are those of meta.version", async () => {
      const made = await make();
      const path = `/${collection}/${String(made["id"])}`;
      const read = await call(api, "GET", path);
      expect(read.headers.get("etag")).toBe(tagOf(made));
      const patched = await call(api, "PATCH", `${path}?attributes=meta`, patchBody("a"));
      expect(patched.headers.get("etag")).toBe(tagOf(patched.answer as Resource));
      expect(patched.headers.get("etag")).not.toBe(tagOf(made));
      const put = await call(api, "PUT", path, whole(made));
      expect(put.headers.get("etag")).toBe(tagOf(put.answer as Resource));
      expect((await call(api, "GET", path)).headers.get("etag")).toBe(put.headers.get("etag"));
    });

    it("guard PATCH, PUT and DELETE by If-Match, also in lists, in strong form and as a star", async () => {
      const made = await make();
      const path = `/${collection}/${String(made["id"])}`;
      const old = tagOf(made);
      expect((await call(api, "PATCH", path, patchBody("b"), { "if-match": old })).status).toBeLessThan(300);
      for (const [method, body] of [
        ["PATCH", patchBody("c")],
        ["PUT", whole(made)],
        ["DELETE", undefined],
      ] as const) {
        expectError(await call(api, method, path, body, { "if-match": old }), 412);
      }
      const now = (await call(api, "GET", path)).headers.get("etag")!;
      const put = await call(api, "PUT", path, whole(made), { "if-match": `"999", ${now}` });
      expect(put.status).toBe(200);
      const strong = put.headers.get("etag")!.replace("W/", "");
      expect((await call(api, "PATCH", path, patchBody("d"), { "if-match": strong })).status).toBeLessThan(
        300,
      );
      expect((await call(api, "PATCH", path, patchBody("e"), { "if-match": "*" })).status).toBeLessThan(300);
      expect((await call(api, "DELETE", path, undefined, { "if-match": "*" })).status).toBe(204);
    });

    it("answer GET with 304 while it is unchanged, and keep writers out by If-None-Match", async () => {
      const made = await make();
      const path = `/${collection}/${String(made["id"])}`;
      for (const tag of [tagOf(made), "*", `"7", ${tagOf(made)}`]) {
        const entry = await call(api, "GET", path, undefined, { "if-none-match": tag });
        expect([entry.status, entry.answer, entry.headers.get("etag")]).toEqual([
          304,
          undefined,
          tagOf(made),
        ]);
      }
      expectError(await call(api, "PATCH", path, patchBody("f"), { "if-none-match": tagOf(made) }), 412);
      expectError(await call(api, "PUT", path, whole(made), { "if-none-match": "*" }), 412);
      expect((await call(api, "GET", path, undefined, { "if-none-match": 'W/"999"' })).status).toBe(200);
      expectError(await call(api, "GET", `/${collection}/nobody`, undefined, { "if-none-match": "*" }), 404);
    });
  });

  it("change a group's tag when its members change", async () => {
    const group = await newGroup(api);
    const user = await newUser(api);
    const body = { Operations: [{ op: "add", path: "members", value: [{ value: user["id"]! }] }] };
    const patched = await call(api, "PATCH", `/Groups/${String(group["id"])}`, body);
    expect(patched.headers.get("etag")).not.toBe(tagOf(group));
    const again = await call(api, "PATCH", `/Groups/${String(group["id"])}`, body);
    expect(again.headers.get("etag")).toBe(patched.headers.get("etag"));
  });
}
