import { describe, expect, it } from "vitest";

import { handleNextAuth } from "./next-auth";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

function call(method: string, action: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/auth/${action}`, { method, ...init });
  return handleNextAuth(request, { params: Promise.resolve({ nextauth: action.split("/") }) });
}

async function expectRefusal(response: Response, status: number, code: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(await response.json()).toEqual({ error: expect.any(String), code });
}

// Refused before next-auth is loaded: it would show pages of its own and read a body of any length.
describe("next-auth's own routes", () => {
  it.each([
    ["GET", "signin"],
    ["GET", "signout"],
    ["GET", "error"],
    ["GET", "providers"],
    ["GET", "callback/credentials"],
    ["POST", "_log"],
    ["POST", "session"],
    ["POST", "signin/email"],
    ["GET", "session/x"],
  ])("do not include %s %s", async (method, action) => {
    await expectRefusal(await call(method, action), 404, "NOT_FOUND");
  });

  it("take a form only", async () => {
    for (const type of ["application/json", "multipart/form-data; boundary=x", "text/plain"]) {
      const init = { headers: { "content-type": type, "content-length": "2" }, body: "{}" };
      await expectRefusal(await call("POST", "signout", init), 415, "BAD_INPUT");
    }
  });

  it("take no form that is large or does not say how large it is", async () => {
    for (const length of [{}, { "content-length": "16385" }, { "content-length": "many" }]) {
      const init = { headers: { ...FORM, ...length }, body: "csrfToken=x" };
      await expectRefusal(await call("POST", "signout", init), 413, "TOO_LARGE");
    }
  });
});
