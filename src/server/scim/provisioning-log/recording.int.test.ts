import { describe, expect, it } from "vitest";

import {
  call,
  filterQuery,
  memberRefs,
  newGroup,
  newUser,
  patch,
  patchGroup,
} from "../../../../tests/conformance/scim/api";
import { useTestDatabase } from "../../../../tests/support/database";
import { db } from "#server/db/index";
import { newId } from "#server/kernel/ids";

import { listLog, type LogEntry } from "./read-log";
import { brief, useLoggedConnection } from "./testing/logged-connection";

useTestDatabase();

const { api, written, lastWritten, scope } = useLoggedConnection();

const names = ({ subjects }: LogEntry) => subjects.map((subject) => `${subject.kind} ${subject.name}`);

describe("a person's requests are written down as", () => {
  it("created, with the name, the time it took and the whole exchange", async () => {
    const user = await newUser(api, { displayName: "Ana Ruiz" });
    const entry = await lastWritten();
    expect(entry).toMatchObject({
      ...{ action: "user.created", outcome: "done", status: 201, method: "POST", path: "/Users" },
      ...{ tokenKind: "pasted", scimType: null, detail: null, facts: { name: "Ana Ruiz" } },
      subjects: [{ id: user["id"], kind: "member", name: "Ana Ruiz" }],
    });
    expect(entry.durationMs).toBeGreaterThan(0);
    expect(entry.at.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("updated, by what changed and not by what was said", async () => {
    const user = await newUser(api, { displayName: "Ana Ruiz" });
    await patch(
      api,
      `/Users/${String(user["id"])}`,
      { op: "replace", path: "title", value: "Product designer" },
      { op: "replace", path: "name.familyName", value: "Gil" },
      { op: "replace", path: "displayName", value: "Ana Gil" },
      {
        op: "replace",
        path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        value: "R&D",
      },
    );
    const { action, facts } = await lastWritten();
    expect(action).toBe("user.updated");
    expect({ ...facts, attributes: [...(facts.attributes ?? [])].sort() }).toEqual({
      name: "Ana Ruiz",
      renamedTo: "Ana Gil",
      attributes: ["department", "displayName", "name.familyName"],
    });
  });

  it("unchanged, when Entra says again what is so already", async () => {
    const user = await newUser(api);
    await patch(api, `/Users/${String(user["id"])}`, { op: "Replace", path: "active", value: "True" });
    expect(await lastWritten()).toMatchObject({ action: "user.updated", outcome: "unchanged", status: 200 });
  });

  it("deactivated, reactivated, restored and deleted", async () => {
    const body = { userName: `back-${newId()}@contoso.example`, displayName: "Bo" };
    const user = await newUser(api, body);
    const path = `/Users/${String(user["id"])}`;
    await patch(api, path, { op: "replace", value: { active: false } });
    await patch(api, path, { op: "replace", value: { active: true } });
    await patch(api, path, { op: "replace", value: { active: false } });
    await newUser(api, { ...body, externalId: user["externalId"]! });
    await call(api, "DELETE", path);
    const entries = await written();
    expect(entries.map((entry) => entry.action)).toEqual([
      ...["user.created", "user.deactivated", "user.reactivated", "user.deactivated"],
      ...["user.restored", "user.deleted"],
    ]);
    expect(new Set(entries.flatMap(names))).toEqual(new Set(["member Bo"]));
  });

  it("with the role that a change gave", async () => {
    const user = await newUser(api);
    await patch(api, `/Users/${String(user["id"])}`, {
      op: "add",
      path: "roles",
      value: [{ value: "viewer" }],
    });
    expect((await lastWritten()).facts).toMatchObject({ role: "viewer", attributes: ["roles"] });
  });

  it("refused, with what was meant and why", async () => {
    const user = await newUser(api, { displayName: "First" });
    await call(api, "POST", "/Users", { userName: user["userName"]!, displayName: "Second" });
    expect(await lastWritten()).toMatchObject({
      ...{ action: "user.created", outcome: "refused", status: 409, scimType: "uniqueness" },
      ...{ detail: expect.stringContaining("userName") as string, facts: { name: "Second" }, subjects: [] },
    });
    await patch(api, `/Users/${String(user["id"])}`, { op: "replace", path: "userName", value: "" });
    const refused = await lastWritten();
    expect(refused).toMatchObject({ action: "user.updated", outcome: "refused", status: 400 });
    expect(names(refused)).toEqual(["member First"]);
    await call(api, "GET", `/Users/${newId()}`);
    expect(brief(await lastWritten())).toEqual({ action: "user.read", outcome: "refused", facts: {} });
    await call(api, "POST", "/Nowhere", {});
    expect(brief(await lastWritten())).toEqual({ action: "request.refused", outcome: "refused", facts: {} });
  });
});

describe("a group's requests are written down as", () => {
  it("created, renamed, read and deleted, under the name of the time", async () => {
    const group = await newGroup(api, { displayName: "Design" });
    const path = `/Groups/${String(group["id"])}`;
    await patchGroup(api, group, { op: "replace", value: { displayName: "Design guild" } });
    await call(api, "GET", `${path}?excludedAttributes=members`);
    await call(api, "DELETE", path);
    expect((await written()).map(brief)).toEqual([
      { action: "group.created", outcome: "done", facts: { name: "Design" } },
      {
        action: "group.updated",
        outcome: "done",
        facts: { name: "Design", renamedTo: "Design guild", attributes: ["displayName"] },
      },
      { action: "group.read", outcome: "done", facts: { name: "Design guild" } },
      { action: "group.deleted", outcome: "done", facts: { name: "Design guild" } },
    ]);
  });

  it("members added, removed, replaced and changed, with how many and who", async () => {
    const group = await newGroup(api, { displayName: "Makers" });
    const people = [await newUser(api), await newUser(api), await newUser(api)];
    const [first, second, third] = people.map((person) => memberRefs(person));
    await patchGroup(api, group, { op: "Add", path: "members", value: [...first!, ...second!] });
    await patchGroup(api, group, { op: "Add", path: "members", value: first! });
    await patchGroup(api, group, { op: "Remove", path: "members", value: second! });
    await patchGroup(api, group, { op: "replace", path: "members", value: [...second!, ...third!] });
    await patchGroup(
      api,
      group,
      { op: "Add", path: "members", value: first! },
      { op: "remove", path: `members[value eq "${String(third![0]!.value)}"]` },
    );
    const entries = (await written()).slice(-5);
    const name = "Makers";
    expect(entries.map(brief)).toEqual([
      { action: "group.members.added", outcome: "done", facts: { name, added: 2 } },
      { action: "group.members.added", outcome: "unchanged", facts: { name, added: 0 } },
      { action: "group.members.removed", outcome: "done", facts: { name, removed: 1 } },
      { action: "group.members.replaced", outcome: "done", facts: { name, added: 2, removed: 1 } },
      { action: "group.members.changed", outcome: "done", facts: { name, added: 1, removed: 1 } },
    ]);
    expect(entries[2]!.subjects.map((subject) => subject.id)).toEqual([group["id"], people[1]!["id"]]);
    const aboutThird = await listLog(scope(), { subjectId: String(people[2]!["id"]) });
    expect(aboutThird.entries.map((entry) => entry.action)).toEqual([
      ...["group.members.changed", "group.members.replaced", "user.created"],
    ]);
  });
});

describe("searches are written down as", () => {
  it("a test of the connection, when somebody asks for a random GUID that nobody has", async () => {
    const guid = "b6e0c1f2-93d4-4c57-8a1e-0f5b7d2c9e11";
    await call(api, "GET", `/Users?${filterQuery(`userName eq "${guid}"`)}`);
    await call(api, "GET", `/Users?${filterQuery(`emails[type eq "work"].value eq "${guid}"`)}`);
    await call(api, "GET", `/Groups?excludedAttributes=members&${filterQuery(`displayName eq "${guid}"`)}`);
    await call(api, "GET", `/Users?${filterQuery(`externalId eq "${guid}"`)}`);
    expect((await written()).map((entry) => entry.action)).toEqual([
      ...["connection.tested", "connection.tested", "connection.tested"],
      // Every object id of Entra is a GUID: this is how it matches.
      "users.matched",
    ]);
  });

  it("a match with whom it found, and a list with how many", async () => {
    const user = await newUser(api, { displayName: "Cy" });
    const filter = `userName eq "${String(user["userName"])}"`;
    await call(api, "GET", `/Users?${filterQuery(filter)}`);
    const matched = await lastWritten();
    expect(brief(matched)).toEqual({ action: "users.matched", outcome: "done", facts: { filter, found: 1 } });
    expect(names(matched)).toEqual(["member Cy"]);
    await call(api, "POST", "/Users/.search", { filter });
    expect(await lastWritten()).toMatchObject({ action: "users.matched", facts: { filter, found: 1 } });
    const total = await db().member.count({
      where: { workspaceId: scope().workspaceId, deletedAt: null },
    });
    await call(api, "GET", "/Users");
    expect(brief(await lastWritten())).toEqual({
      action: "users.listed",
      outcome: "done",
      facts: { found: total },
    });
    await call(api, "GET", "/Schemas");
    expect(await lastWritten()).toMatchObject({ action: "discovery", facts: { document: "Schemas" } });
    const reads = await db().scimExchange.findMany({ where: { isWrite: false } });
    expect(reads).toHaveLength(4);
  });
});

describe("a Bulk is written down as", () => {
  it("one request, with its operations and everybody it was about", async () => {
    const user = await newUser(api);
    const path = `/Users/${String(user["id"])}`;
    const operation = (value: string) => ({
      method: "PATCH",
      path,
      data: { Operations: [{ op: "replace", path: "title", value }] },
    });
    const send = (...Operations: ReturnType<typeof operation>[]) =>
      call(api, "POST", "/Bulk", {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        Operations,
      });
    await send(operation("Chief"), { ...operation("x"), path: `/Users/${newId()}` });
    expect(await lastWritten()).toMatchObject({
      ...{ action: "bulk", outcome: "done", facts: { operations: 2, failures: 1 } },
      subjects: [{ id: user["id"] }],
    });
    await send(operation("Chief"));
    expect(brief(await lastWritten())).toEqual({
      action: "bulk",
      outcome: "unchanged",
      facts: { operations: 1 },
    });
  });
});
