import { randomBytes, randomUUID } from "node:crypto";

import { describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeSamlConnection, makeWorkspace } from "../../../tests/support/factories";
import type { Role } from "../../generated/prisma/enums";
import { listAuditEvents } from "../audit/index";
import { db, inWorkspaceTx } from "../db/index";
import { deactivateMember, getMemberForUpdate } from "../directory/index";
import { findActiveSession, readSessionToken } from "../sessions/index";
import { createCallerFactory, router } from "../trpc/init";
import { authRouter } from "./auth.router";
import { hashPassword } from "./passwords";
import { signInWithPassword } from "./sign-in-with-password";

useTestDatabase();

const PASSWORD = "correct horse battery";
const passwordHash = hashPassword(PASSWORD);
const REFUSED = { code: "UNAUTHENTICATED", message: "The e-mail address or the password is not right." };

async function withPassword(role: Role = "owner") {
  const { workspace, scope } = await makeWorkspace();
  const email = `p${randomBytes(5).toString("hex")}@acme.test`;
  const member = await makeMember(scope, { userName: email, email, role, passwordHash: await passwordHash });
  const signIn = (changes: Partial<Parameters<typeof signInWithPassword>[0]> = {}) =>
    signInWithPassword({ email, password: PASSWORD, address: randomUUID(), ...changes });
  return { workspace, scope, email, member, signIn };
}

describe("signing in by password", () => {
  it("makes a session, with the address in any case and blanks around nothing", async () => {
    const { workspace, member, email, signIn } = await withPassword();
    const { workspaceSlug, setCookie } = await signIn({ email: email.toUpperCase() });
    expect(workspaceSlug).toBe(workspace.slug);
    const session = await findActiveSession(readSessionToken(setCookie.split(";")[0])!);
    expect(session?.actor.memberId).toBe(member.id);
  });

  it("gives the same answer for a wrong password, an unknown address and an unknown workspace", async () => {
    const { workspace, scope, signIn } = await withPassword();
    await expect(signIn({ password: "wrong" })).rejects.toMatchObject(REFUSED);
    await expect(signIn({ email: "nobody@acme.test" })).rejects.toMatchObject(REFUSED);
    await expect(signIn({ workspaceSlug: "no-such-workspace" })).rejects.toMatchObject(REFUSED);
    await expect(signIn({ password: "" })).rejects.toMatchObject(REFUSED);
    await expect(signIn({ password: "x".repeat(900) })).rejects.toMatchObject(REFUSED);
    expect(await db().session.count({ where: { workspaceId: workspace.id } })).toBe(0);
    const { events } = await listAuditEvents(scope);
    expect(events.map((event) => event.action)).toContain("signin.refused");
  });

  it("takes about as long for an unknown address as for a wrong password", async () => {
    const { signIn } = await withPassword();
    const timed = async (changes: Parameters<typeof signIn>[0]) => {
      const start = performance.now();
      await signIn(changes).catch(() => {});
      return performance.now() - start;
    };
    const best = async (changes: Parameters<typeof signIn>[0]) => {
      const times: number[] = [];
      for (let round = 0; round < 5; round++) times.push(await timed(changes));
      return Math.min(...times);
    };
    await timed({ email: "warm-up@acme.test" });
    const unknown = await best({ email: "nobody@acme.test" });
    const wrong = await best({ password: "wrong" });
    // Without the decoy hash the unknown address would answer in a twentieth of the time.
    expect(unknown).toBeGreaterThan(wrong / 4);
  });

  it("finds the right one of two workspaces with the same address by its password, or by name", async () => {
    const one = await withPassword();
    const two = await makeWorkspace();
    await makeMember(two.scope, {
      userName: one.email,
      email: one.email,
      role: "owner",
      passwordHash: await hashPassword("another one"),
    });
    expect((await one.signIn()).workspaceSlug).toBe(one.workspace.slug);
    expect((await one.signIn({ password: "another one" })).workspaceSlug).toBe(two.workspace.slug);
    await expect(one.signIn({ workspaceSlug: two.workspace.slug })).rejects.toMatchObject(REFUSED);
  });

  it("is left to owners where SAML is enforced", async () => {
    for (const [role, allowed] of [
      ["owner", true],
      ["admin", false],
      ["editor", false],
    ] as const) {
      const { scope, workspace, signIn } = await withPassword(role);
      await makeSamlConnection(scope);
      await expect(signIn()).resolves.toBeDefined();
      await db().samlConnection.update({ where: { workspaceId: workspace.id }, data: { enforced: true } });
      const outcome = await signIn().then(
        () => "in",
        (error: { code: string }) => error.code,
      );
      expect(outcome).toBe(allowed ? "in" : REFUSED.code);
    }
  });

  it("is refused to who was deactivated, and to members without a password", async () => {
    const { scope, workspace, member, signIn } = await withPassword("editor");
    const system = { kind: "system", workspaceId: workspace.id } as const;
    await inWorkspaceTx(scope, async (tx) =>
      deactivateMember(tx, system, await getMemberForUpdate(tx, member.id), "test"),
    );
    await expect(signIn()).rejects.toMatchObject(REFUSED);
    const without = await makeMember(scope);
    await expect(signIn({ email: without.email! })).rejects.toMatchObject(REFUSED);
  });

  it("is slowed down after ten tries from one place, which does not lock the owner out elsewhere", async () => {
    const { signIn } = await withPassword();
    const address = randomUUID();
    const outcomes: string[] = [];
    for (let round = 0; round < 12; round++) {
      outcomes.push(
        await signIn({ password: "wrong", address }).then(
          () => "in",
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(outcomes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "UNAUTHENTICATED"));
    expect(outcomes.slice(10)).toEqual(["RATE_LIMITED", "RATE_LIMITED"]);
    await expect(signIn({ address })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(signIn()).resolves.toBeDefined();
  });
});

describe("the procedures", () => {
  const caller = createCallerFactory(router({ auth: authRouter }));
  const asking = (
    session: Awaited<ReturnType<typeof findActiveSession>>,
    cookies: string[] = [],
    sameOrigin = true,
  ) =>
    caller({
      session,
      address: randomUUID(),
      headers: new Headers(),
      setCookie: (header) => cookies.push(header),
      sameOrigin,
    }).auth;

  it("sign in, say who is signed in, and sign out", async () => {
    const { workspace, email, member } = await withPassword();
    const cookies: string[] = [];
    await asking(null, cookies).signInWithPassword({
      email,
      password: PASSWORD,
      workspaceSlug: workspace.slug,
    });
    const token = readSessionToken(cookies[0]!.split(";")[0])!;
    const session = await findActiveSession(token);
    expect(await asking(session).me()).toEqual({
      memberId: member.id,
      name: email,
      email,
      role: "owner",
      workspace: { id: workspace.id, slug: workspace.slug, name: "Acme" },
    });
    await asking(session, cookies).signOut();
    expect(cookies[1]).toMatch(/^chalkroom\.session=; .*Expires=Thu, 01 Jan 1970/);
    expect(await findActiveSession(token)).toBeNull();
    await expect(asking(null).me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("do not sign in for another site's page", async () => {
    const { email } = await withPassword();
    const refused = asking(null, [], false).signInWithPassword({ email, password: PASSWORD });
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("offer SAML where it is set up", async () => {
    const { workspace, scope } = await withPassword();
    const ask = () => asking(null).signInOptions({ workspaceSlug: workspace.slug });
    expect(await ask()).toEqual({
      workspace: { slug: workspace.slug, name: "Acme" },
      saml: false,
      samlLoginUrl: null,
      password: true,
    });
    await makeSamlConnection(scope);
    expect(await ask()).toMatchObject({
      saml: true,
      samlLoginUrl: `http://localhost:3000/api/saml/${workspace.id}/login`,
    });
    expect(await asking(null).signInOptions({ workspaceSlug: "no-such" })).toMatchObject({
      workspace: null,
      saml: false,
      password: true,
    });
  });
});
