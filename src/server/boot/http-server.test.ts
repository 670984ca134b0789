import { describe, expect, it } from "vitest";

import { findRequestProblem } from "./http-server";

describe("requests that cannot be answered", () => {
  it.each(["/", "/w/acme?x=%", "/w/a%20b", "//Users", "/\\x", "http://localhost:3000/signin"])(
    "let through %s",
    (target) => {
      expect(findRequestProblem("GET", target)).toBeNull();
    },
  );

  it.each(["*", "", "/w/%E0%A4%A", "/api/trpc/%", "/%ff", "https:evil", "http://[/x"])(
    "refuse %s",
    (target) => {
      expect(findRequestProblem("GET", target)).toMatchObject({ status: 400, code: "BAD_INPUT" });
    },
  );

  it("refuse TRACE, which no route can have", () => {
    expect(findRequestProblem("TRACE", "/")).toMatchObject({ status: 405 });
  });
});
