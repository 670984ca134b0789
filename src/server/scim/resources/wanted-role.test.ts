import { describe, expect, it } from "vitest";

import { wantedRole } from "./member-document";

describe("the role that a document asks for", () => {
  it("is the newest, because Entra adds a new one and leaves the former", () => {
    expect(wantedRole({ roles: [{ value: "Viewer" }, { value: "Editor" }] })).toBe("editor");
    expect(wantedRole({ roles: [{ value: "Editor" }, { value: "Viewer" }, { value: "Else" }] })).toBe(
      "viewer",
    );
  });

  it("is the primary one where there is one", () => {
    expect(wantedRole({ roles: [{ value: "Viewer", primary: true }, { value: "Editor" }] })).toBe("viewer");
  });

  it("is none where no role is known", () => {
    expect(wantedRole({ roles: [{ value: "Owner" }] })).toBeNull();
    expect(wantedRole({})).toBeNull();
  });
});
