import { describe, expect, it } from "vitest";

import { problemText } from "./problem-text";

describe("problemText", () => {
  it("shows the reference of a failed single sign-on and no cause", () => {
    expect(problemText("sso", "a1b2-c3")).toMatch(/could not be signed in.*Reference: a1b2-c3\./);
  });

  it("drops a reference that is not one of ours", () => {
    expect(problemText("sso", "call 555 now")).not.toContain("555");
  });

  it("tells a cut-off person that access has ended", () => {
    expect(problemText("revoked", undefined)).toContain("access to this workspace has ended");
  });

  it("is silent when nothing went wrong", () => {
    expect([problemText(undefined, "x"), problemText("", "x"), problemText(["sso"], "x")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
