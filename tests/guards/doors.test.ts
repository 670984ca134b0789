import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";

import { createAppCaller, appRouter } from "../../src/server/trpc/root";
import type { TrpcContext } from "../../src/server/trpc/init";
import { readSource, sourceFiles } from "./source-tree";

/** Procedures that anybody may call; everything else answers UNAUTHORIZED before it looks at its input. */
const PUBLIC_PROCEDURES = [
  "auth.signInOptions",
  "auth.signInWithPassword",
  "auth.signOut",
  "setup.create",
  "setup.status",
];

/** Routes and what guards them. A new route has to be added here, with its guard. */
const ROUTES: Readonly<
  Record<
    string,
    "open" | "session" | "scim token" | "client proof" | "metrics token" | "saml" | "next-auth" | "trpc"
  >
> = {
  "src/app/api/[[...unknown]]/route.ts": "open",
  "src/app/api/auth/[...nextauth]/route.ts": "next-auth",
  "src/app/api/board/[boardId]/snapshot/route.ts": "session",
  "src/app/api/health/live/route.ts": "open",
  "src/app/api/health/ready/route.ts": "open",
  "src/app/api/saml/[workspaceId]/acs/route.ts": "saml",
  "src/app/api/saml/[workspaceId]/login/route.ts": "saml",
  "src/app/api/saml/[workspaceId]/metadata/route.ts": "saml",
  "src/app/api/trpc/[trpc]/route.ts": "trpc",
  "src/app/metrics/route.ts": "metrics token",
  "src/app/public-api/oauth2/token/route.ts": "client proof",
  "src/app/public-api/scim-v2/[[...path]]/route.ts": "scim token",
};

const STRANGER: TrpcContext = {
  session: null,
  address: "192.0.2.1",
  headers: new Headers(),
  setCookie: () => {},
  sameOrigin: true,
};

/** Calls a procedure by its dotted path, without a session and without input. */
async function refusal(path: string): Promise<string> {
  let target: unknown = createAppCaller(STRANGER);
  for (const step of path.split(".")) target = (target as Record<string, unknown>)[step];
  try {
    await (target as () => Promise<unknown>)();
    return "answered";
  } catch (error) {
    return error instanceof TRPCError ? error.code : `threw ${String(error)}`;
  }
}

describe("procedures", () => {
  const paths = Object.keys(appRouter._def.procedures);

  it("are all walked", () => {
    expect(paths.length).toBeGreaterThan(25);
    expect(PUBLIC_PROCEDURES.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.each(paths.filter((path) => !PUBLIC_PROCEDURES.includes(path)))("need a session: %s", async (path) => {
    expect(await refusal(path)).toBe("UNAUTHORIZED");
  });
});

describe("routes", () => {
  it("are all known, each with what guards it", () => {
    const routes = sourceFiles("src/app").filter((path) => /\/route\.tsx?$/.test(path));
    expect(routes.sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it("that need a session answer 401 without one", async () => {
    const { GET } = await import("../../src/app/api/board/[boardId]/snapshot/route");
    const request = new Request(
      "http://localhost:3000/api/board/00000000-0000-7000-8000-000000000000/snapshot",
    );
    const params = Promise.resolve({ boardId: "00000000-0000-7000-8000-000000000000" });
    const response = await GET(request, { params });
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toContain("application/json");
  });

  it("that need a SCIM token answer 401 in SCIM's form without one", async () => {
    const { GET } = await import("../../src/app/public-api/scim-v2/[[...path]]/route");
    const response = await GET(new Request("http://localhost:3000/public-api/scim-v2/Users"));
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toContain("application/scim+json");
  });

  it("that need a client's proof answer 401 in OAuth's form without one", async () => {
    const { POST } = await import("../../src/app/public-api/oauth2/token/route");
    const response = await POST(
      new Request("http://localhost:3000/public-api/oauth2/token", {
        method: "POST",
        body: new URLSearchParams({ grant_type: "client_credentials", client_id: "stranger" }),
      }),
    );
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: "invalid_client" });
  });
});

describe("pages of a workspace", () => {
  it("all ask who is signed in before they render", () => {
    const pages = sourceFiles("src/app/w").filter((path) => path.endsWith("/page.tsx"));
    expect(pages.length).toBeGreaterThan(5);
    // The console's pages ask in one place.
    const asks = /await requireWorkspaceView\(|return openConsole\(/;
    expect(pages.filter((path) => !asks.test(readSource(path)))).toEqual([]);
    const opener = "src/app/w/[workspaceSlug]/(frame)/settings/provisioning/open-console.tsx";
    expect(readSource(opener)).toMatch(/await requireWorkspaceView\([^]*forbidden\(\)/);
  });
});
