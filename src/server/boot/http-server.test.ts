import { describe, expect, it } from "vitest";

import { findRequestProblem } from "./http-server";

describe("requests that cannot be answered", () => {
  it.each([
    "/",
    "/w/a..b/.x",
    "/w/acme?x=%&y=/../",
    "/w/a%20b",
    "//Users",
    "/\\x",
    "http://localhost:3000/signin",
  ])("let through %s", (target) => {
    expect(findRequestProblem("GET", target)).toBeNull();
  });

  it.each([
    "*",
    "",
    "/w/../x",
    "/w/%2e%2E/x",
    "/.",
    "/w/%E0%A4%A",
    "/api/trpc/%",
    "/%ff",
    "https:evil",
    "http://[/x",
  ])("refuse %s", (target) => {
    expect(findRequestProblem("GET", target)).toMatchObject({
      status: 400,
      contentType: "application/json",
    });
  });

  it.each(["TRACE", "PROPFIND", "CONNECT", undefined])(
    "refuse the method %s, which no route can have",
    (method) => {
      expect(findRequestProblem(method, "/")).toMatchObject({ status: 405 });
    },
  );

  it("are refused in SCIM's own form under its prefix (RFC 7644 section 3.12)", () => {
    const refusal = findRequestProblem("TRACE", "/public-api/scim-v2/Users");
    expect(refusal).toMatchObject({ status: 405, contentType: "application/scim+json; charset=utf-8" });
    expect(JSON.parse(refusal?.body ?? "")).toMatchObject({ status: "405" });
  });
});
