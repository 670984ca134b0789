import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeWorkspace } from "../../../tests/support/factories";
import { listAuditEvents } from "../audit/index";
import { db } from "../db/index";
import { slugFromName } from "./index";
import { updateWorkspace } from "./manage-workspace";

useTestDatabase();

const UNUSABLE_NAMES = ["", "   ", "x".repeat(81), "Acme\u0000", "Acme\u202eemca"];

describe("a workspace", () => {
  it.each(UNUSABLE_NAMES)("is neither made nor renamed with the name %j", async (name) => {
    await expect(makeWorkspace({ name })).rejects.toMatchObject({ code: "BAD_INPUT" });
    const { workspace, scope } = await makeWorkspace();
    const system = { kind: "system", workspaceId: workspace.id } as const;
    await expect(updateWorkspace(scope, system, { name })).rejects.toMatchObject({ code: "BAD_INPUT" });
    const row = await db().workspace.findUniqueOrThrow({ where: { id: workspace.id } });
    expect(row.name).toBe("Acme");
    expect((await listAuditEvents(scope)).events).toEqual([]);
  });

  it.each(["", "-a", "a-", "A", "a b", "a/b", "a".repeat(41)])(
    "is not made with the slug %j",
    async (slug) => {
      await expect(makeWorkspace({ slug })).rejects.toMatchObject({ code: "BAD_INPUT" });
      expect(await db().workspace.count({ where: { slug } })).toBe(0);
    },
  );

  it("is renamed and given another role for newcomers, never an administrator's", async () => {
    const { workspace, scope } = await makeWorkspace();
    const system = { kind: "system", workspaceId: workspace.id } as const;
    const changed = await updateWorkspace(scope, system, { name: " Acme Ltd ", defaultRole: "viewer" });
    expect(changed).toMatchObject({ name: "Acme Ltd", defaultRole: "viewer", slug: workspace.slug });
    for (const defaultRole of ["owner", "admin", "guest"] as const) {
      await expect(updateWorkspace(scope, system, { defaultRole })).rejects.toMatchObject({
        code: "BAD_INPUT",
      });
    }
    const { events } = await listAuditEvents(scope);
    expect(events.map((event) => event.action)).toEqual(["workspace.updated"]);
  });
});

it("a slug made of a name is always usable", async () => {
  expect(slugFromName("Acme & Söhne")).toBe("acme-sohne");
  for (const name of ["日本", "x".repeat(39) + " y", "\u00c5ngstr\u00f6m"]) {
    const { workspace } = await makeWorkspace({ slug: slugFromName(name) });
    expect(workspace.slug).toBe(slugFromName(name));
  }
});
