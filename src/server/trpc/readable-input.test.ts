import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { publicProcedure, router } from "./init";

const echo = router({
  echo: publicProcedure.input(z.object({ text: z.string() })).mutation(({ input }) => input.text),
});

async function post(body: BodyInit, contentType = "application/json"): Promise<number> {
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    router: echo,
    req: new Request("http://localhost:3000/api/trpc/echo", {
      method: "POST",
      body,
      headers: { "content-type": contentType },
    }),
    createContext: () => ({
      session: null,
      address: "192.0.2.1",
      headers: new Headers(),
      setCookie: () => {},
      sameOrigin: true,
    }),
  });
  return response.status;
}

const json = (text: string, meta?: unknown) => JSON.stringify({ json: { text }, meta });

describe("an input", () => {
  it("is taken when it can be read and stored", async () => {
    expect(await post(json("é 😀"))).toBe(200);
  });

  it.each<[string, string]>([
    ["is no JSON", "{"],
    ["is empty", ""],
    ["is null", "null"],
    ["has NUL", json("a\u0000b")],
    ["has half a surrogate pair", json("a\ud800b")],
    ["names a transformation that fails", json("x", { values: { text: ["URL"] } })],
    ["names a transformation that is none", json("x", { values: [["custom", "x"]] })],
    ["is nested deeply", "[".repeat(100_000)],
  ])("is the caller's mistake when it %s", async (_what, body) => {
    expect(await post(body)).toBe(400);
  });

  it("is the caller's mistake when it is a form that cannot be read", async () => {
    expect(await post("x", "multipart/form-data; boundary=y")).toBe(400);
  });
});
