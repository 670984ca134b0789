import { describe, expect, it } from "vitest";

import { ENTERPRISE_URN, USER_URN } from "../schema/attributes";
import { project, readProjection, wantsAttribute } from "./projection";

const resource = {
  schemas: [USER_URN, ENTERPRISE_URN],
  id: "1",
  userName: "ana",
  name: { givenName: "A", familyName: "R" },
  emails: [
    { value: "a", type: "work" },
    { value: "b", type: "home" },
  ],
  [ENTERPRISE_URN]: { department: "D", employeeNumber: "7" },
  meta: { resourceType: "User" },
};
const always = { schemas: resource.schemas, id: "1" };

describe("project", () => {
  it.each<[string, readonly string[], Record<string, unknown>]>([
    ["one attribute", ["userName"], { userName: "ana" }],
    ["any letter case and blanks", [" USERNAME "], { userName: "ana" }],
    ["a sub-attribute", ["name.givenName"], { name: { givenName: "A" } }],
    ["two sub-attributes of one", ["name.givenName", "name.familyName"], { name: resource.name }],
    ["a sub-attribute of a list", ["emails.value"], { emails: [{ value: "a" }, { value: "b" }] }],
    ["an attribute with the core URN", [`${USER_URN}:userName`], { userName: "ana" }],
    [
      "an attribute of an extension",
      [`${ENTERPRISE_URN}:department`],
      { [ENTERPRISE_URN]: { department: "D" } },
    ],
    ["a whole extension", [ENTERPRISE_URN], { [ENTERPRISE_URN]: resource[ENTERPRISE_URN] }],
    ["nothing that exists", ["foo", "!!"], {}],
  ])("selects %s", (_case, names, expected) => {
    expect(project(resource, readProjection(names, []))).toEqual({ ...always, ...expected });
  });

  it.each<[string, readonly string[], (copy: Record<string, unknown>) => void]>([
    ["one attribute", ["USERNAME"], (copy) => delete copy["userName"]],
    ["a sub-attribute", ["name.givenName"], (copy) => (copy["name"] = { familyName: "R" })],
    [
      "an attribute of an extension",
      [`${ENTERPRISE_URN}:department`],
      (copy) => (copy[ENTERPRISE_URN] = { employeeNumber: "7" }),
    ],
    ["neither id nor schemas", ["id", "schemas"], () => undefined],
  ])("excludes %s", (_case, names, change) => {
    const expected: Record<string, unknown> = { ...resource };
    change(expected);
    expect(project(resource, readProjection([], names))).toEqual(expected);
    expect(resource.userName).toBe("ana");
  });

  it("knows what need not be loaded", () => {
    expect(wantsAttribute(readProjection([], ["Members"]), "members")).toBe(false);
    expect(wantsAttribute(readProjection([], ["members.display"]), "members")).toBe(true);
    expect(wantsAttribute(readProjection(["id"], []), "members")).toBe(false);
    expect(wantsAttribute(readProjection(["members.value"], []), "members")).toBe(true);
    expect(wantsAttribute(readProjection([], []), "members")).toBe(true);
  });
});
