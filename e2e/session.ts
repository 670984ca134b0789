import type { BrowserContext } from "@playwright/test";

import { useWorld } from "./world";

/** Signs a browser in as somebody by the command line's test session, for journeys that are not about signing in. */
export async function signIn(context: BrowserContext, email: string): Promise<void> {
  const world = useWorld();
  const session = (await world.cli([
    "session",
    "create",
    "--workspace",
    world.workspace.slug,
    "--email",
    email,
  ])) as {
    name: string;
    value: string;
  };
  await context.addCookies([
    { name: session.name, value: session.value, url: world.baseUrl, httpOnly: true },
  ]);
}

/** An answer of the SCIM endpoint to a call as Entra makes it. */
export async function scim(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const world = useWorld();
  const response = await fetch(`${world.scim.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${world.scim.token}`,
      ...(body === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

/** Provisions a person and returns the SCIM id. */
export async function provision(userName: string, displayName: string, externalId?: string): Promise<string> {
  const { status, body } = await scim("POST", "/Users", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName,
    displayName,
    active: true,
    emails: [{ type: "work", value: userName, primary: true }],
    ...(externalId === undefined ? {} : { externalId }),
  });
  if (status !== 201) throw new Error(`POST /Users answered ${status}: ${JSON.stringify(body)}`);
  return String(body["id"]);
}

/** Entra's soft delete and restore, in the legacy dialect. */
export async function setActive(id: string, active: boolean): Promise<number> {
  const { status } = await scim("PATCH", `/Users/${id}`, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "Replace", path: "active", value: active ? "True" : "False" }],
  });
  return status;
}
