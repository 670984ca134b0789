import { randomBytes, randomUUID } from "node:crypto";

import { beforeEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { db, workspaceScope } from "../db/index";
import { findMember } from "../directory/index";
import { findActiveSession, readSessionToken } from "../sessions/index";
import { createFirstWorkspace, createWorkspaceWithOwner, isSetupNeeded, issueSetupCode } from "./index";

useTestDatabase();

const person = { ownerName: "Olga Owner", ownerEmail: "Olga@acme.test", password: "correct horse battery" };
const setUp = (code: string, changes: Partial<Parameters<typeof createFirstWorkspace>[0]> = {}) =>
  createFirstWorkspace({ code, name: "Acme & Söhne", address: randomUUID(), ...person, ...changes });

beforeEach(async () => {
  await db().workspace.deleteMany();
  await db().instanceSetting.deleteMany();
});

describe("a fresh server", () => {
  it("needs a set-up and gives a readable code that is stored as a hash only", async () => {
    expect(await isSetupNeeded()).toBe(true);
    const code = await issueSetupCode();
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
    const stored = JSON.stringify(await db().instanceSetting.findMany());
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(code!.replaceAll("-", ""));
  });

  it("is set up with the code: workspace, owner, and a session", async () => {
    const code = (await issueSetupCode())!;
    const { workspaceSlug, setCookie } = await setUp(code.toLowerCase().replaceAll("-", " "));
    expect(workspaceSlug).toBe("acme-sohne");
    const session = await findActiveSession(readSessionToken(setCookie.split(";")[0])!);
    expect(session?.actor).toMatchObject({ role: "owner", name: "Olga Owner", email: "Olga@acme.test" });
    const owner = await findMember(workspaceScope(session!.workspace.id), { id: session!.actor.memberId });
    expect(owner?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(owner).toMatchObject({ source: "setup", userName: "Olga@acme.test" });
    expect(await isSetupNeeded()).toBe(false);
    expect(await issueSetupCode()).toBeNull();
  });

  it("is set up once, also when several try at the same moment", async () => {
    const code = (await issueSetupCode())!;
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => setUp(code)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await db().workspace.count()).toBe(1);
    expect(await db().member.count()).toBe(1);
    await expect(setUp(code)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is not set up with a wrong, an empty or an older code", async () => {
    const old = (await issueSetupCode())!;
    await issueSetupCode();
    for (const code of [old, "", "AAAA-AAAA-AAAA", "' OR 1=1"]) {
      await expect(setUp(code)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await db().workspace.count()).toBe(0);
  });

  it.each([
    ["a short password", { password: "short" }],
    ["an endless password", { password: "x".repeat(300) }],
    ["no name", { name: "  " }],
    ["a name that cannot be shown", { name: "Acme\u0000" }],
    ["no owner", { ownerName: "" }],
    ["an address that is none", { ownerEmail: "olga" }],
  ])("refuses %s and keeps the code", async (_what, changes) => {
    const code = (await issueSetupCode())!;
    await expect(setUp(code, changes)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(await db().workspace.count()).toBe(0);
    await expect(setUp(code)).resolves.toMatchObject({ workspaceSlug: "acme-sohne" });
  });

  it("lets nobody guess codes for long", async () => {
    await issueSetupCode();
    const address = randomUUID();
    const codes = await Promise.all(
      Array.from({ length: 15 }, () =>
        setUp("AAAA-AAAA-AAAA", { address }).catch((error: { code: string }) => error.code),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(["FORBIDDEN", "RATE_LIMITED"]));
  });
});

describe("the command line", () => {
  const input = () => ({ slug: `s${randomBytes(4).toString("hex")}`, name: "Acme", ...person });

  it("makes a workspace with its owner, and ends a waiting set-up", async () => {
    const code = (await issueSetupCode())!;
    const wanted = input();
    const made = await createWorkspaceWithOwner(wanted);
    expect(made.slug).toBe(wanted.slug);
    expect(await findMember(workspaceScope(made.id), { id: made.ownerId })).toMatchObject({ role: "owner" });
    await expect(setUp(code)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("makes the first workspace beside a server that has just begun to wait: its code lets nobody in", async () => {
    const code = (await issueSetupCode())!;
    const stored = await db().instanceSetting.findMany();
    await createWorkspaceWithOwner(input());
    // As when the server looked before the workspace was there, and stored its code after.
    await db().instanceSetting.createMany({
      data: stored.map(({ key, value }) => ({ key, value: value as string })),
    });
    await expect(setUp(code)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await db().workspace.count()).toBe(1);
    expect(await db().member.count()).toBe(1);
  });

  it("says which slug is taken or unusable, and leaves nothing behind", async () => {
    const wanted = input();
    await createWorkspaceWithOwner(wanted);
    await expect(createWorkspaceWithOwner(wanted)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining(wanted.slug),
    });
    await expect(createWorkspaceWithOwner({ ...wanted, slug: "No Slug" })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    expect(await db().workspace.count()).toBe(1);
    expect(await db().member.count()).toBe(1);
  });
});
