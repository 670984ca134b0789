import { describe, expect, it } from "vitest";

import type { Json } from "../../../../tools/entra-sim/index";
import {
  call,
  ENTERPRISE,
  expectError,
  filterQuery,
  find,
  getGroup,
  getUser,
  GROUP,
  newGroup,
  newUser,
  patch,
  patchGroup,
  patchUser,
  unique,
  USER,
  userBody,
  type Api,
  type Resource,
} from "../api";

interface Published {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact?: boolean;
  readonly mutability: string;
  readonly uniqueness: string;
  readonly subAttributes?: readonly Published[];
}

/** A published attribute with one value, and the path by which a client writes it. */
interface Leaf {
  readonly schema: string;
  readonly path: string;
  readonly attribute: Published;
  readonly parent: Published | null;
}

/** What `/Schemas` publishes is taken at its word: every claim about every attribute is tried. */
export function attributesSuite(api: Api): void {
  async function leaves(schema: string): Promise<Leaf[]> {
    const { answer } = await call(api, "GET", `/Schemas/${schema}`);
    const { attributes } = answer as unknown as { attributes: Published[] };
    return attributes.flatMap((attribute): Leaf[] => {
      const start = schema === ENTERPRISE ? `${schema}:${attribute.name}` : attribute.name;
      if (!attribute.subAttributes) return [{ schema, path: start, attribute, parent: null }];
      const between = attribute.multiValued && schema !== GROUP ? '[type eq "work"].' : ".";
      return attribute.subAttributes.map((sub) => ({
        schema,
        path: `${start}${between}${sub.name}`,
        attribute: sub,
        parent: attribute,
      }));
    });
  }

  /** Attributes of users that a client can write, and that hold a text of any kind. */
  async function texts(): Promise<Leaf[]> {
    const all = [...(await leaves(USER)), ...(await leaves(ENTERPRISE))];
    return all.filter(
      ({ attribute, parent, path }) =>
        attribute.type === "string" &&
        attribute.mutability === "readWrite" &&
        (parent ?? attribute).mutability === "readWrite" &&
        !path.endsWith(".type"),
    );
  }

  /** A value that differs from itself in another letter case. */
  const textFor = (leaf: Leaf): string => `${leaf.attribute.name} Ab-${unique()}`;
  const filterFor = (leaf: Leaf, value: string) => filterQuery(`${leaf.path} eq ${JSON.stringify(value)}`);
  const flip = (text: string) =>
    text.replaceAll(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));

  describe("published attributes", () => {
    it("of users take a text, give it back as it came, are found by it, and are cleared by '' and by null", async () => {
      const found = await texts();
      expect(found.length).toBeGreaterThan(25);
      const user = await newUser(api, { emails: null, phoneNumbers: null, addresses: null });
      for (const leaf of found.filter(({ attribute }) => !attribute.required)) {
        for (const empty of ["", null]) {
          const value = textFor(leaf);
          const set = await patchUser(api, user, { op: "Add", path: leaf.path, value });
          expect(JSON.stringify(set), leaf.path).toContain(JSON.stringify(value));
          expect(await getUser(api, user["id"])).toEqual(set);
          expect((await find(api, "User", filterFor(leaf, value))).total, leaf.path).toBe(1);
          await patchUser(api, user, { op: "Replace", path: leaf.path, value: empty });
          const cleared = await getUser(api, user["id"]);
          expect(JSON.stringify(cleared), leaf.path).not.toContain(JSON.stringify(value));
          expect((await find(api, "User", filterFor(leaf, value))).total, leaf.path).toBe(0);
        }
      }
    });

    it("compare their letter case as caseExact says", async () => {
      for (const leaf of await texts()) {
        const user = await newUser(api);
        const value = textFor(leaf);
        await patchUser(api, user, { op: "replace", path: leaf.path, value });
        const other = await find(api, "User", filterFor(leaf, flip(value)));
        expect(other.total, leaf.path).toBe(leaf.attribute.caseExact === true ? 0 : 1);
      }
      const externalId = `Ab-${unique()}`;
      await newGroup(api, { externalId });
      expect((await find(api, "Group", filterQuery(`externalId eq "${flip(externalId)}"`))).total).toBe(0);
    });

    it("that are read-only refuse to be written by path, and are passed over in a whole resource", async () => {
      const user = await newUser(api);
      const { answer } = await call(api, "GET", `/Schemas/${USER}`);
      const { attributes } = answer as unknown as { attributes: Published[] };
      const readOnly = attributes
        .filter(({ mutability }) => mutability === "readOnly")
        .map(({ name }) => name);
      expect(readOnly).toEqual(["groups"]);
      for (const name of [...readOnly, "id", "meta"]) {
        const operation = { op: "replace", path: name, value: "x" };
        expectError(await patch(api, `/Users/${String(user["id"])}`, operation), 400, "mutability");
        expect(await patchUser(api, user, { op: "replace", value: { [name]: "x" } })).toEqual(user);
      }
    });

    it("that are required cannot be removed or emptied", async () => {
      const user = `/Users/${String((await newUser(api))["id"])}`;
      const group = `/Groups/${String((await newGroup(api))["id"])}`;
      const required = async (schema: string) =>
        (await leaves(schema)).filter(({ attribute }) => attribute.required).map(({ path }) => path);
      expect([await required(USER), await required(GROUP)]).toEqual([["userName"], ["displayName"]]);
      for (const [path, name] of [
        [user, "userName"],
        [group, "displayName"],
      ] as const) {
        expectError(await patch(api, path, { op: "remove", path: name }), 400, "mutability");
        for (const value of ["", null, "  "]) {
          expectError(await patch(api, path, { op: "replace", path: name, value }), 400, "invalidValue");
        }
      }
    });

    it("that are unique on the server are refused to a second resource, and no others are", async () => {
      const unequal = await leaves(USER);
      expect(
        unequal.filter(({ attribute }) => attribute.uniqueness === "server").map(({ path }) => path),
      ).toEqual(["userName"]);
      const first = userBody();
      await call(api, "POST", "/Users", first);
      const second = { ...first, userName: `other-${unique()}` };
      expect((await call(api, "POST", "/Users", second)).status).toBe(201);
      expectError(await call(api, "POST", "/Users", first), 409, "uniqueness");
    });

    it("with many values come as lists, and those with parts as objects", async () => {
      const user = await newUser(api, { [ENTERPRISE]: { manager: "u_1", division: "North" } });
      const group = await newGroup(api, { members: [{ value: user["id"]! }], externalId: "x" });
      const shown = await getUser(api, user["id"]);
      const holders: [string, Resource][] = [
        [USER, shown],
        [ENTERPRISE, shown[ENTERPRISE] as Resource],
        [GROUP, await getGroup(api, group["id"])],
      ];
      for (const [schema, holder] of holders) {
        const { answer } = await call(api, "GET", `/Schemas/${schema}`);
        for (const { name, multiValued, type } of (answer as unknown as { attributes: Published[] })
          .attributes) {
          const value = holder[name];
          if (value === undefined) continue;
          expect(Array.isArray(value), name).toBe(multiValued);
          expect(typeof (Array.isArray(value) ? value[0] : value), name).toBe(
            type === "complex" ? "object" : type === "boolean" ? "boolean" : "string",
          );
        }
      }
    });

    it("cover every attribute that the service returns, but for the common ones", async () => {
      const user = await newUser(api, { [ENTERPRISE]: { manager: "u_1" } });
      await newGroup(api, { members: [{ value: user["id"]! }] });
      const known = new Set((await leaves(USER)).map(({ path }) => path.split(/[.[]/)[0]!));
      const common = ["schemas", "id", "meta", ENTERPRISE];
      const shown = Object.keys(await getUser(api, user["id"]));
      expect(shown.filter((name) => !known.has(name) && !common.includes(name))).toEqual([]);
    });

    it("of groups are written and cleared alike", async () => {
      const group = await newGroup(api);
      for (const empty of ["", null]) {
        await patchGroup(api, group, { op: "replace", value: { externalId: "e-1" } });
        expect((await getGroup(api, group["id"]))["externalId"]).toBe("e-1");
        await patchGroup(api, group, { op: "Replace", path: "externalId", value: empty });
        expect(await getGroup(api, group["id"])).not.toHaveProperty("externalId");
      }
    });
  });

  describe("a customer's own attributes", () => {
    const urn = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

    it("are found in any letter case of name and value, as texts, numbers, booleans and lists", async () => {
      const mark = unique();
      const user = await newUser(api, {
        [urn]: {
          costBand: `B-${mark}`,
          badge: 7,
          remote: true,
          tags: ["Red", mark],
          desk: { floor: `F-${mark}` },
        },
      });
      const other = await newUser(api, { [urn]: { costBand: `C-${mark}`, badge: 40, remote: false } });
      const either = `(id eq "${String(user["id"])}" or id eq "${String(other["id"])}")`;
      const cases: [string, Json[]][] = [
        [`${urn}:costBand eq "b-${mark}"`, [user["id"]!]],
        [`${urn.toUpperCase()}:COSTBAND eq "B-${mark}"`, [user["id"]!]],
        [`${urn}:badge eq 7`, [user["id"]!]],
        [`${urn}:badge gt 10`, [other["id"]!]],
        [`${urn}:badge eq "7"`, [user["id"]!]],
        [`${urn}:remote eq true`, [user["id"]!]],
        [`${urn}:remote eq "False"`, [other["id"]!]],
        [`${urn}:tags eq "${mark.toUpperCase()}"`, [user["id"]!]],
        [`${urn}:tags pr`, [user["id"]!]],
        [`not (${urn}:tags pr)`, [other["id"]!]],
        [`${urn}:desk.floor sw "f-"`, [user["id"]!]],
        [`${urn}:unknown pr`, []],
        [`${urn} pr`, [user["id"]!, other["id"]!]],
      ];
      for (const [filter, expected] of cases) {
        const { resources } = await find(api, "User", filterQuery(`${either} and ${filter}`));
        expect(resources.map((item) => item["id"]).sort(), filter).toEqual([...expected].sort());
      }
    });

    it("keep their types through PATCH, and value paths touch only what they describe", async () => {
      const user = await newUser(api, {
        [urn]: { desks: [{ kind: "home", floor: 2 }], since: "2024-01-31T00:00:00Z" },
      });
      const after = await patchUser(
        api,
        user,
        { op: "replace", path: `${urn}:desks[kind eq "work"].floor`, value: 5 },
        { op: "replace", value: { [`${urn}:remote`]: true } },
        { op: "Add", path: `${urn}:badge`, value: 12 },
      );
      expect(after[urn]).toEqual({
        desks: [
          { kind: "home", floor: 2 },
          { kind: "work", floor: 5 },
        ],
        since: "2024-01-31T00:00:00Z",
        remote: true,
        badge: 12,
      });
    });
  });
}
