import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { describe, expect, it } from "vitest";

import { makeMember, makeSession } from "../../../../tests/support/factories";
import { db } from "#server/db/index";
import { findActiveSession } from "#server/sessions/index";
import { router } from "#server/trpc/init";

import { scimRouter } from "../scim.router";
import { expectNothingLeft, makeRig } from "./testing/rig";

const rig = makeRig();

describe("a self-test through tRPC", () => {
  const asked = async (sameOrigin = true) => {
    const { slug } = await db().workspace.findFirstOrThrow({
      where: { id: rig().connection.scope.workspaceId },
    });
    const member = await makeMember(rig().connection.scope, { role: "admin" });
    const session = await findActiveSession((await makeSession(rig().connection.scope, member)).token);
    const input = encodeURIComponent(JSON.stringify({ json: { workspaceSlug: slug } }));
    await db().auditEvent.deleteMany({});
    return fetchRequestHandler({
      endpoint: "/api/trpc",
      router: router({ scim: scimRouter }),
      req: new Request(`http://localhost:3000/api/trpc/scim.selfTest.run?input=${input}`),
      createContext: () => ({
        session,
        address: "192.0.2.1",
        headers: new Headers(),
        setCookie: () => {},
        sameOrigin,
      }),
    });
  };

  it("comes as server-sent events that no proxy keeps back", async () => {
    const response = await asked();
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    const text = await response.text();
    expect(text.indexOf('"kind":"plan"')).toBeLessThan(
      text.indexOf('"id":"tidy-up","phase":"leaving","name"'),
    );
    expect(text).toContain('"kind":"end","result":"warnings"');
    expect(text).toMatch(/event: return/);
  });

  it("is cancelled when the browser goes away", async () => {
    const reader = (await asked()).body!.getReader();
    const decoder = new TextDecoder();
    for (let text = ""; !text.includes('"create-group"');) {
      text = decoder.decode((await reader.read()).value);
    }
    await reader.cancel();
    await expect.poll(() => db().auditEvent.count({ where: { action: "scim.self_test.run" } })).toBe(1);
    await expectNothingLeft(rig(), "cancelled");
  });

  it("is refused when another site's page asks", async () => {
    expect(await (await asked(false)).text()).toContain("another site");
    expect(await db().auditEvent.count()).toBe(0);
  });
});
