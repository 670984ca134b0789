import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { makeMember, makeSession, makeWorkspace } from "../../../../tests/support/factories";
import type { Role } from "#generated/prisma/enums";
import { listAuditEvents } from "#server/audit/index";
import { inWorkspaceTx } from "#server/db/index";
import { createGroup, deleteGroup } from "#server/directory/index";
import { newId } from "#server/kernel/ids";
import { findActiveSession } from "#server/sessions/index";
import { createCallerFactory, router } from "#server/trpc/init";

import { scimRouter } from "../scim.router";
import type { NewExchange } from "./exchange";
import { insertExchanges } from "./exchanges.repo";
import { sampleExchange } from "./testing/sample-exchange";

useTestDatabase();

const caller = createCallerFactory(router({ scim: scimRouter }));
const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 20, 12);

async function signedIn(role: Role = "admin") {
  const { workspace, scope } = await makeWorkspace();
  const member = await makeMember(scope, { role });
  const session = await findActiveSession((await makeSession(scope, member)).token);
  const context = { session, address: "x", headers: new Headers(), setCookie: () => {}, sameOrigin: true };
  const { log } = caller(context).scim;
  return { scope, member, log, workspace: { workspaceSlug: workspace.slug } };
}

/** A row of `minute` minutes after noon. */
const row = (workspaceId: string, minute: number, values: Partial<NewExchange> = {}): NewExchange =>
  sampleExchange(workspaceId, { at: new Date(NOON + minute * MINUTE), path: `/Users/${minute}`, ...values });

describe("the provisioning log", () => {
  it("is read newest first, page by page, each row once", async () => {
    const { scope, log, workspace } = await signedIn();
    await insertExchanges(Array.from({ length: 7 }, (_, minute) => row(scope.workspaceId, minute)));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await log.list({ ...workspace, limit: 3, cursor });
      seen.push(...page.entries.map((entry) => entry.path));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((minute) => `/Users/${minute}`));
  });

  it("is filtered by person or group, outcome, writes and time, all together", async () => {
    const { scope, member, log, workspace } = await signedIn();
    const about = { subjectIds: [member.id] };
    await insertExchanges([
      row(scope.workspaceId, 0, about),
      row(scope.workspaceId, 1, { ...about, isWrite: true, outcome: "refused" }),
      row(scope.workspaceId, 2, { isWrite: true, outcome: "failed" }),
      row(scope.workspaceId, 3, { ...about, isWrite: true, outcome: "unchanged" }),
      row(scope.workspaceId, 4, { isWrite: true, outcome: "refused" }),
    ]);
    const minutes = async (filter: object) =>
      (await log.list({ ...workspace, ...filter })).entries.map(({ path }) => Number(path.slice(7)));
    expect(await minutes({ subjectId: member.id })).toEqual([3, 1, 0]);
    expect(await minutes({ writesOnly: true })).toEqual([4, 3, 2, 1]);
    expect(await minutes({ outcome: "refused" })).toEqual([4, 1]);
    expect(await minutes({ outcome: ["failed", "refused"] })).toEqual([4, 2, 1]);
    expect(await minutes({ outcome: ["failed", "refused"], limit: 2 })).toEqual([4, 2]);
    const from = new Date(NOON + MINUTE);
    expect(await minutes({ from, to: new Date(NOON + 3 * MINUTE) })).toEqual([2, 1]);
    expect(await minutes({ from, subjectId: member.id, outcome: "refused", writesOnly: true })).toEqual([1]);
  });

  it("names people and groups as they are called now, and a deleted group as it was called then", async () => {
    const { scope, member, log, workspace } = await signedIn();
    const actor = { kind: "system", workspaceId: scope.workspaceId } as const;
    const groups = await inWorkspaceTx(scope, async (tx) => {
      const gone = await createGroup(tx, actor, { displayName: "Gone" });
      await deleteGroup(tx, actor, gone);
      return { gone, kept: await createGroup(tx, actor, { displayName: "Kept" }) };
    });
    await insertExchanges([
      row(scope.workspaceId, 0, {
        action: "group.deleted",
        facts: { name: "Gone" },
        subjectIds: [groups.gone.id, member.id],
      }),
      row(scope.workspaceId, 1, {
        action: "group.read",
        facts: { name: "Old" },
        subjectIds: [groups.kept.id],
      }),
    ]);
    const { entries } = await log.list(workspace);
    expect(entries.map((entry) => entry.subjects)).toEqual([
      [{ id: groups.kept.id, kind: "group", name: "Kept" }],
      [
        { id: groups.gone.id, kind: "group", name: "Gone" },
        { id: member.id, kind: "member", name: member.name },
      ],
    ]);
  });

  it("shows one request whole, with a command that says it again without the token", async () => {
    const { scope, log, workspace } = await signedIn();
    const written = row(scope.workspaceId, 0, {
      method: "PATCH",
      path: "/Users/7?attributes=id",
      requestBody: `{"name":"O'Hara"}`,
      answerBody: `{"id":"7"}`,
    });
    await insertExchanges([written]);
    expect(await log.get({ ...workspace, id: written.id })).toMatchObject({
      requestBody: `{"name":"O'Hara"}`,
      answerBody: `{"id":"7"}`,
      curl: [
        `curl -i -X PATCH 'http://localhost:3000/public-api/scim-v2/Users/7?attributes=id'`,
        `-H "Authorization: Bearer $TOKEN"`,
        `-H 'Accept: application/scim+json'`,
        `-H 'Content-Type: application/scim+json'`,
        `--data-binary '{"name":"O'\\''Hara"}'`,
      ].join(" \\\n  "),
    });
  });

  it("is exported as JSON lines, page by page, and the export is audited once", async () => {
    const { scope, member, log, workspace } = await signedIn();
    await insertExchanges(Array.from({ length: 1_003 }, (_, minute) => row(scope.workspaceId, minute)));
    const first = await log.export({ ...workspace, outcome: "done" });
    const second = await log.export({ ...workspace, outcome: "done", cursor: first.nextCursor! });
    const paths = [first, second].flatMap(({ lines }) =>
      lines
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { path: string }).path),
    );
    expect(paths).toEqual(Array.from({ length: 1_003 }, (_, index) => `/Users/${1_002 - index}`));
    expect(second.nextCursor).toBeNull();
    const { events } = await listAuditEvents(scope);
    const exports = events.filter((event) => event.action === "scim.log.exported");
    expect(exports).toMatchObject([{ actor: member.name, details: { outcome: "done" } }]);
    expect(exports[0]!.details).toEqual({ outcome: "done" });
  });

  it("ends an export's page early where the bodies are long, and loses no row", async () => {
    const { scope, log, workspace } = await signedIn();
    const answerBody = "x".repeat(8_000);
    await insertExchanges(
      Array.from({ length: 700 }, (_, minute) => row(scope.workspaceId, minute, { answerBody })),
    );
    let lines = 0;
    let pages = 0;
    let cursor: string | undefined;
    do {
      const page = await log.export({ ...workspace, cursor });
      lines += page.lines.trimEnd().split("\n").length;
      pages += 1;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect({ lines, pages }).toEqual({ lines: 700, pages: 2 });
  });
});

describe("the provisioning log's doors", () => {
  it.each(["editor", "viewer", "guest"] as const)("are closed to a role of %s", async (role) => {
    const { log, workspace } = await signedIn(role);
    const id = newId();
    await expect(log.list(workspace)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(log.get({ ...workspace, id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(log.activity({ ...workspace, days: 7 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(log.export(workspace)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("show nothing of another workspace, not even by a row's id or a shared subject", async () => {
    const mine = await signedIn();
    const theirs = await signedIn();
    const written = row(theirs.scope.workspaceId, 0, { subjectIds: [theirs.member.id], outcome: "refused" });
    await insertExchanges([written]);
    expect((await mine.log.list(mine.workspace)).entries).toEqual([]);
    const asked = { ...mine.workspace, subjectId: theirs.member.id, outcome: "refused" as const };
    expect((await mine.log.list(asked)).entries).toEqual([]);
    expect((await mine.log.export(mine.workspace)).lines).toBe("");
    await expect(mine.log.get({ ...mine.workspace, id: written.id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(mine.log.list(theirs.workspace)).rejects.toMatchObject({ code: "NOT_FOUND" });
    // A subject that a row of ours named wrongly stays nameless: names come from the own workspace alone.
    await insertExchanges([row(mine.scope.workspaceId, 0, { subjectIds: [theirs.member.id] })]);
    expect((await mine.log.list(mine.workspace)).entries[0]!.subjects).toEqual([]);
  });
});
