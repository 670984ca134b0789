import { describe, expect, it } from "vitest";

import { errorText, isConnectionLost, isSignedOut } from "./error-text";

function failed(message: string, data?: { code: string; appCode?: string }): Error {
  return Object.assign(new Error(message), { data });
}

describe("errorText", () => {
  it("passes on the words of a foreseen failure", () => {
    expect(errorText(failed("This is the last owner.", { code: "CONFLICT" }))).toBe(
      "This is the last owner.",
    );
  });

  it("never shows the wording of an unforeseen failure", () => {
    expect(
      errorText(failed("relation Member does not exist", { code: "INTERNAL_SERVER_ERROR" })),
    ).not.toContain("Member");
  });

  it("passes on that a part of the server is down for a while, when the server says so itself", () => {
    const down = failed("The database is restarting.", {
      code: "INTERNAL_SERVER_ERROR",
      appCode: "UNAVAILABLE",
    });
    expect(errorText(down)).toBe("The database is restarting.");
  });

  it("says that the server was not reached when there was no answer", () => {
    expect(errorText(failed("Failed to fetch"))).toContain("could not be reached");
  });

  it("does not read properties of what is not an error", () => {
    expect(errorText(null)).toContain("Reload the page");
  });
});

describe("isSignedOut", () => {
  it("tells a signed-out answer from a lost connection", () => {
    const signedOut = failed("no session", { code: "UNAUTHORIZED" });
    expect([isSignedOut(signedOut), isConnectionLost(signedOut)]).toEqual([true, false]);
    const lost = failed("Failed to fetch");
    expect([isSignedOut(lost), isConnectionLost(lost)]).toEqual([false, true]);
  });
});
