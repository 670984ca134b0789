import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  call,
  ENTERPRISE,
  expectError,
  filterQuery,
  find,
  getUser,
  newUser,
  patch,
  patchUser,
  unique,
  userBody,
  type Api,
} from "../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../tests/support/scim-in-process";
import { makeMember, makeSession } from "../../../tests/support/factories";
import { listAuditEvents } from "#server/audit/index";
import { db, inWorkspaceTx } from "#server/db/index";
import { deleteMember, findMember, getMemberForUpdate, type Member } from "#server/directory/index";
import { signals } from "#server/kernel/signals";
import { clearProcessSlot } from "#server/kernel/slot";
import { findActiveSession } from "#server/sessions/index";

useTestDatabase();

let connection: ScimConnection;
const api: Api = { target: () => connection.target, stranger: () => connection.target };

beforeAll(async () => {
  connection = await connectScim();
});
beforeEach(() => clearProcessSlot("rate-limit.scim"));

const memberOf = async (id: unknown): Promise<Member> =>
  (await findMember(connection.scope, { id: String(id) }))!;
const actions = async (id: unknown): Promise<string[]> =>
  (await db().auditEvent.findMany({ where: { targetId: String(id) }, orderBy: { id: "asc" } })).map(
    (row) => row.action,
  );

describe("cut-off", () => {
  it.each<[string, (path: string, body: Record<string, never>) => ReturnType<typeof call>]>([
    ["a legacy PATCH", (path) => patch(api, path, { op: "Replace", path: "active", value: "False" })],
    ["a PATCH with the flag", (path) => patch(api, path, { op: "replace", value: { active: false } })],
    ["a PUT", (path, body) => call(api, "PUT", path, { ...body, active: false })],
    ["a DELETE", (path) => call(api, "DELETE", path)],
    [
      "a PATCH in a Bulk",
      (path) => {
        const data = { Operations: [{ op: "replace", path: "active", value: "False" }] };
        return call(api, "POST", "/Bulk", { Operations: [{ method: "PATCH", path, data }] });
      },
    ],
    [
      "a DELETE in a Bulk",
      (path) => call(api, "POST", "/Bulk", { Operations: [{ method: "DELETE", path }] }),
    ],
  ])(
    "by %s ends the sessions, writes the revocation and the audit row, and tells this process",
    async (_way, request) => {
      const body = userBody();
      const created = (await call(api, "POST", "/Users", body)).answer as { id: string };
      const member = await memberOf(created.id);
      const { token } = await makeSession(connection.scope, member);
      const revoked: string[] = [];
      const stop = signals.on("member.revoked", ({ memberId }) => revoked.push(memberId));
      expect(await findActiveSession(token)).not.toBeNull();
      const answer = await request(`/Users/${created.id}`, body as Record<string, never>);
      stop();
      expect(answer.status).toBeLessThan(300);
      expect(await findActiveSession(token)).toBeNull();
      expect(await db().session.count({ where: { memberId: created.id } })).toBe(0);
      expect(await db().revocation.count({ where: { memberId: created.id } })).toBe(1);
      expect(revoked).toEqual([created.id]);
      expect((await actions(created.id)).at(-1)).toMatch(/^member\.(deactivated|deleted)$/);
    },
  );

  it("changes nothing at all when a later operation of the request is wrong", async () => {
    const user = await newUser(api);
    const { token } = await makeSession(connection.scope, await memberOf(user["id"]));
    const off = { op: "replace", path: "active", value: false };
    expectError(
      await patch(api, `/Users/${String(user["id"])}`, off, { op: "replace", path: "x.y", value: 1 }),
      400,
    );
    expect(await findActiveSession(token)).not.toBeNull();
    expect(await db().revocation.count({ where: { memberId: String(user["id"]) } })).toBe(0);
  });

  it("signs nobody out when somebody who is active is set active", async () => {
    const user = await newUser(api);
    const { token } = await makeSession(connection.scope, await memberOf(user["id"]));
    await patchUser(api, user, { op: "replace", path: "active", value: "True" });
    expect(await findActiveSession(token)).not.toBeNull();
  });

  it("refuses to deactivate or delete the last owner, with a clear 409", async () => {
    const { target, scope } = await connectScim();
    const lone: Api = { target: () => target, stranger: () => target };
    const owner = await makeMember(scope, { role: "owner", source: "setup" });
    const path = `/Users/${owner.id}`;
    const detail = expectError(
      await patch(lone, path, { op: "replace", path: "active", value: "False" }),
      409,
      "mutability",
    );
    expect(detail).toMatch(/last active owner/);
    expectError(await call(lone, "DELETE", path), 409);
    expectError(await call(lone, "PUT", path, { userName: owner.userName, active: false }), 409);
    expect((await findMember(scope, { id: owner.id }))!.active).toBe(true);
    await makeMember(scope, { role: "owner", source: "setup" });
    expect((await patch(lone, path, { op: "replace", path: "active", value: false })).status).toBe(200);
  });
});

describe("members who came another way", () => {
  it("lets Entra match a just-in-time member by userName or e-mail and take them over in one row", async () => {
    const mark = unique();
    const address = `Jit.${mark}@contoso.example`;
    const jit = await makeMember(connection.scope, { userName: address, source: "saml", name: "Jit" });
    for (const filter of [
      `userName eq "${address.toLowerCase()}"`,
      `emails[type eq "work"].value eq "${address}"`,
    ]) {
      const found = await find(api, "User", filterQuery(filter));
      expect(found.resources.map((item) => item["id"])).toEqual([jit.id]);
      expect(found.resources[0]!["emails"]).toEqual([{ value: address, type: "work", primary: true }]);
    }
    expect((await memberOf(jit.id)).scimManaged).toBe(false);
    expectError(await call(api, "POST", "/Users", userBody({ userName: address })), 409, "uniqueness");
    const path = `/Users/${jit.id}`;
    await patch(api, path, { op: "Add", path: "externalId", value: `ext-${mark}` });
    expect(await memberOf(jit.id)).toMatchObject({
      externalId: `ext-${mark}`,
      scimManaged: true,
      source: "saml",
      email: address,
    });
    expect((await getUser(api, jit.id))["emails"]).toEqual([{ value: address, type: "work", primary: true }]);
  });

  it("does not bring back by POST a member whom SCIM never managed", async () => {
    const local = await makeMember(connection.scope, { active: false });
    expectError(await call(api, "POST", "/Users", userBody({ userName: local.userName })), 409, "uniqueness");
    expect((await memberOf(local.id)).active).toBe(false);
  });

  it("keeps the address that a password belongs to when SCIM clears the e-mails", async () => {
    const local = await makeMember(connection.scope, {
      userName: `local-${unique()}`,
      email: "local@acme.example",
      passwordHash: "x",
    });
    await patch(api, `/Users/${local.id}`, { op: "remove", path: "emails" });
    expect((await memberOf(local.id)).email).toBe("local@acme.example");
  });
});

describe("members whom provisioning must leave alone", () => {
  it("refuses every change of a guest with 409, and leaves them as they are", async () => {
    const guest = await makeMember(connection.scope, { role: "guest" });
    const { token } = await makeSession(connection.scope, guest);
    const path = `/Users/${guest.id}`;
    const body = { userName: guest.userName, active: false };
    expectError(await patch(api, path, { op: "Replace", path: "active", value: "False" }), 409, "mutability");
    expectError(await call(api, "PUT", path, body), 409, "mutability");
    expectError(await call(api, "DELETE", path), 409, "mutability");
    expectError(await call(api, "POST", "/Users", userBody({ userName: guest.userName })), 409);
    const bulk = await call(api, "POST", "/Bulk", { Operations: [{ method: "DELETE", path }] });
    expect((bulk.answer as unknown as { Operations: { status: string }[] }).Operations[0]!.status).toBe(
      "409",
    );
    expect(await memberOf(guest.id)).toEqual(guest);
    expect(await findActiveSession(token)).not.toBeNull();
  });

  it("passes guests over when a group grows, without refusing the others", async () => {
    const guest = await makeMember(connection.scope, { role: "guest" });
    const user = await newUser(api);
    const members = [{ value: guest.id }, { value: String(user["id"]) }];
    const { answer } = await call(api, "POST", "/Groups", { displayName: unique(), members });
    const group = answer as { id: string; members: { value: string }[] };
    expect(group.members.map(({ value }) => value)).toEqual([user["id"]]);
    await patch(api, `/Groups/${group.id}`, { op: "Add", path: "members", value: [{ value: guest.id }] });
    const check = filterQuery(`id eq "${group.id}" and members eq "${guest.id}"`);
    expect((await find(api, "Group", check)).total).toBe(0);
  });

  it("neither shows nor changes members of another workspace, by any verb, reference or filter", async () => {
    const elsewhere = await connectScim();
    const stranger = await makeMember(elsewhere.scope, { userName: `stranger.${unique()}@x.example` });
    const path = `/Users/${stranger.id}`;
    expectError(await call(api, "GET", path), 404);
    expectError(await call(api, "PUT", path, { userName: "x" }), 404);
    expectError(await patch(api, path, { op: "replace", value: { active: false } }), 404);
    expectError(await call(api, "DELETE", path), 404);
    expect((await find(api, "User", filterQuery(`id eq "${stranger.id}"`))).total).toBe(0);
    const members = [{ value: stranger.id }];
    expectError(await call(api, "POST", "/Groups", { displayName: unique(), members }), 400, "invalidValue");
    const report = await newUser(api, { [ENTERPRISE]: { manager: stranger.id } });
    expect(report[ENTERPRISE]).toEqual({ manager: { value: stranger.id } });
    const byName = filterQuery(`manager.displayName eq "${stranger.name}"`);
    expect((await find(api, "User", byName)).total).toBe(0);
    expect(await findMember(elsewhere.scope, { id: stranger.id })).toEqual(stranger);
  });

  it("finds nobody any more whom an administrator removed, and gives their userName a new id (pitfall 58)", async () => {
    const body = userBody();
    const user = (await call(api, "POST", "/Users", body)).answer as { id: string };
    const actor = { kind: "system", workspaceId: connection.scope.workspaceId } as const;
    await inWorkspaceTx(connection.scope, async (tx) => {
      await deleteMember(tx, actor, await getMemberForUpdate(tx, user.id), "administrator");
    });
    expectError(await call(api, "GET", `/Users/${user.id}`), 404);
    const query = filterQuery(`userName eq "${String(body["userName"])}"`);
    expect((await find(api, "User", query)).total).toBe(0);
    const again = (await call(api, "POST", "/Users", body)).answer as { id: string };
    expect(again.id).not.toBe(user.id);
  });
});

describe("a new userName", () => {
  it("leaves the person signed in, under the same id, with their groups and the old name free", async () => {
    const user = await newUser(api);
    await call(api, "POST", "/Groups", { displayName: unique(), members: [{ value: user["id"]! }] });
    const { token } = await makeSession(connection.scope, await memberOf(user["id"]));
    const userName = `renamed.${unique()}@contoso.example`;
    const after = await patchUser(api, user, { op: "Replace", path: "userName", value: userName });
    expect([after["id"], after["userName"]]).toEqual([user["id"], userName]);
    expect(after["groups"]).toHaveLength(1);
    expect(await findActiveSession(token)).not.toBeNull();
    const found = await find(api, "User", filterQuery(`userName eq "${String(user["userName"])}"`));
    expect(found.total).toBe(0);
    const newcomer = await newUser(api, { userName: user["userName"]! });
    expect(newcomer["id"]).not.toBe(user["id"]);
  });
});

describe("roles", () => {
  const roleOf = async (id: unknown) => {
    const { role, roleAuthority } = await memberOf(id);
    return [role, roleAuthority];
  };

  it("gives newcomers the workspace's default role, or the one that SCIM names", async () => {
    expect(await roleOf((await newUser(api))["id"])).toEqual(["editor", "workspace"]);
    expect(await roleOf((await newUser(api, { roles: [{ value: "Viewer" }] }))["id"])).toEqual([
      "viewer",
      "scim",
    ]);
    expect(await roleOf((await newUser(api, { editor: false }))["id"])).toEqual(["viewer", "scim"]);
    const urn = "urn:ietf:params:scim:schemas:extension:whimsical:2.0:User";
    expect(await roleOf((await newUser(api, { [urn]: { editor: "False" } }))["id"])).toEqual([
      "viewer",
      "scim",
    ]);
    expect(await roleOf((await newUser(api, { roles: [{ value: "Admin" }] }))["id"])).toEqual([
      "editor",
      "workspace",
    ]);
  });

  it("changes the role when SCIM changes it, and leaves it when SCIM stops naming one", async () => {
    const user = await newUser(api);
    await patchUser(api, user, { op: "Add", path: 'roles[primary eq "True"].value', value: "Viewer" });
    expect(await roleOf(user["id"])).toEqual(["viewer", "scim"]);
    await patchUser(api, user, { op: "replace", path: "roles", value: [{ value: "Editor", primary: true }] });
    expect(await roleOf(user["id"])).toEqual(["editor", "scim"]);
    await patchUser(api, user, { op: "replace", path: "title", value: "x" });
    expect(await roleOf(user["id"])).toEqual(["editor", "scim"]);
    await patchUser(api, user, { op: "replace", path: "roles", value: [{ value: "Viewer" }] });
    await patchUser(api, user, { op: "remove", path: "roles" });
    expect(await roleOf(user["id"])).toEqual(["viewer", "workspace"]);
  });

  it("does not change the user name or the password's address of an owner who has not signed in by SAML", async () => {
    const owner = await makeMember(connection.scope, { role: "owner", passwordHash: "set" });
    const path = `/Users/${owner.id}`;
    const change = (attribute: string, value: string) =>
      call(api, "PATCH", path, { Operations: [{ op: "Replace", path: attribute, value }] });
    expectError(await change("userName", "thief@contoso.example"), 400);
    expect((await change('emails[type eq "work"].value', "thief@contoso.example")).status).toBe(200);
    expect(await findMember(connection.scope, { id: owner.id })).toMatchObject({
      userName: owner.userName,
      email: owner.email,
    });
    expect((await change("userName", owner.userName.toUpperCase())).status).toBe(200);
  });

  it.each(["owner", "admin"] as const)("never changes the role of an %s", async (role) => {
    await makeMember(connection.scope, { role: "owner" });
    const member = await makeMember(connection.scope, { role });
    await patch(api, `/Users/${member.id}`, { op: "replace", path: "roles", value: [{ value: "Viewer" }] });
    expect(await roleOf(member.id)).toEqual([role, "workspace"]);
    expect((await getUser(api, member.id))["roles"]).toEqual([{ value: "Viewer" }]);
  });

  it("brings a restored person's role and groups back", async () => {
    const user = await newUser(api, { roles: [{ value: "Viewer" }] });
    await call(api, "POST", "/Groups", {
      displayName: `Team ${unique()}`,
      members: [{ value: user["id"]! }],
    });
    await patchUser(api, user, { op: "Replace", path: "active", value: "False" });
    const back = await patchUser(api, user, { op: "Replace", path: "active", value: "True" });
    expect(await roleOf(user["id"])).toEqual(["viewer", "scim"]);
    expect(back["groups"]).toHaveLength(1);
  });
});

describe("what people see", () => {
  it("derives name and address from what SCIM sends", async () => {
    const cases: [Parameters<typeof newUser>[1], string, RegExp][] = [
      [
        {
          displayName: "Ana R.",
          emails: [
            { type: "home", value: "h@x.example" },
            { type: "work", value: "w@x.example" },
          ],
        },
        "Ana R.",
        /^w@x\.example$/,
      ],
      [{ displayName: null, name: { givenName: "Bo", familyName: "Lind" } }, "Bo Lind", /^ana\./],
      [{ displayName: null, name: { formatted: "Dr. Bo Lind" } }, "Dr. Bo Lind", /^ana\./],
    ];
    for (const [overrides, name, email] of cases) {
      const member = await memberOf((await newUser(api, overrides))["id"]);
      expect(member.name).toBe(name);
      expect(member.email).toMatch(email);
    }
    const plain = (await call(api, "POST", "/Users", { userName: `plain-${unique()}` })).answer as {
      id: string;
    };
    expect(await memberOf(plain.id)).toMatchObject({ email: null, source: "scim", scimManaged: true });
  });

  it("says in the audit log that SCIM did it, and keeps secrets out of it", async () => {
    const user = await newUser(api, { password: "S3cret-S3cret" });
    const { events } = await listAuditEvents(connection.scope, { limit: 200 });
    const own = events.find(
      (event) => event.action === "member.created" && event.target === user["displayName"],
    );
    expect(own?.actor).toBe("scim");
    expect(JSON.stringify(events)).not.toContain("S3cret");
    expect(JSON.stringify(await db().member.findMany())).not.toContain("S3cret");
  });
});

describe("large groups", () => {
  it("adds 2,000 members in one operation and removes 1,000 by as many operations", async () => {
    const { target, scope } = await connectScim();
    const large: Api = { target: () => target, stranger: () => target };
    await db().$executeRaw`
      INSERT INTO "Member" ("id", "workspaceId", "userName", "userNameLower", "name", "role", "source", "updatedAt")
      SELECT gen_random_uuid(), ${scope.workspaceId}::uuid, 'p' || n, 'p' || n, 'P' || n, 'editor', 'scim', now()
      FROM generate_series(1, 2000) AS n`;
    const rows = await db().member.findMany({
      where: { workspaceId: scope.workspaceId },
      select: { id: true },
    });
    const group = (await call(large, "POST", "/Groups", { displayName: "Everyone" })).answer as {
      id: string;
    };
    const path = `/Groups/${group.id}`;
    const value = rows.map(({ id }) => ({ $ref: null, value: id }));
    expect((await patch(large, path, { op: "Add", path: "members", value })).status).toBe(204);
    const all = (await call(large, "GET", path)).answer as { members: unknown[] };
    expect(all.members).toHaveLength(2000);
    const removals = rows
      .slice(0, 1000)
      .map(({ id }) => ({ op: "remove", path: `members[value eq "${id}"]` }));
    expect((await patch(large, path, ...removals)).status).toBe(204);
    const left = (await call(large, "GET", path)).answer as { members: { value: string }[] };
    expect(left.members.map((item) => item.value).sort()).toEqual(
      rows
        .slice(1000)
        .map(({ id }) => id)
        .sort(),
    );
    expect((await call(large, "GET", `${path}?excludedAttributes=members`)).answer).not.toHaveProperty(
      "members",
    );
  });
});

it("keeps the extension's URN when its case differs from the schema's", async () => {
  const user = await newUser(api, { [ENTERPRISE.toUpperCase()]: { DEPARTMENT: "Law" } });
  expect(user[ENTERPRISE]).toMatchObject({ department: "Law" });
});
