import { randomBytes, randomUUID } from "node:crypto";

import { afterEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeMember, makeWorkspace } from "../../../tests/support/factories";
import {
  idpMetadataXml,
  makeSigningKey,
  readAuthnRequest,
  type ResponseOptions,
  type TestPerson,
} from "../../../tests/support/idp/index";
import { ISSUER, makeSamlFixture, TENANT } from "../../../tests/support/idp/fixture";
import { answerAcs, answerLogin, saveConnection, serviceProviderUrls, updateConnection } from "./index";
import { listAuditEvents } from "../audit/index";
import { db, inWorkspaceTx, type WorkspaceScope } from "../db/index";
import {
  deactivateMember,
  deleteMember,
  findMember,
  findMembers,
  getMemberForUpdate,
  reactivateMember,
  type Member,
} from "../directory/index";
import { useClock } from "../kernel/clock";
import { countSessions, findActiveSession, readSessionToken } from "../sessions/index";

useTestDatabase();

const key = makeSigningKey();
const metadataXml = idpMetadataXml({
  entityId: ISSUER,
  ssoUrl: "http://idp.test/sso",
  certificatePems: [key.certificatePem],
});
let restoreClock: (() => void) | undefined;
afterEach(() => restoreClock?.());

const person = (changes: Partial<TestPerson> = {}): TestPerson => {
  const name = `p${randomBytes(4).toString("hex")}@acme.test`;
  return { userName: name, email: name, displayName: "Ada Lovelace", objectId: randomUUID(), ...changes };
};

async function connected(switches: { allowIdpInitiated?: boolean; jitEnabled?: boolean } = {}) {
  const { workspace, scope } = await makeWorkspace();
  const system = { kind: "system", workspaceId: workspace.id } as const;
  await saveConnection(scope, system, { metadataXml, ...switches });
  const fixture = makeSamlFixture(workspace.id, key);
  const post = (samlResponse: string, relayState?: string) => postTo(workspace.id, samlResponse, relayState);
  const signIn = (changes: Partial<ResponseOptions> = {}, relayState?: string) =>
    post(fixture.response(changes), relayState);
  return { workspace, scope, system, fixture, post, signIn };
}

interface Outcome {
  readonly status: number;
  readonly location: URL;
  readonly token: string | null;
  readonly header: string | null;
}

async function postTo(workspaceId: string, samlResponse: string, relayState?: string): Promise<Outcome> {
  const body = new URLSearchParams({
    SAMLResponse: samlResponse,
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  });
  // Behind a proxy the request's own URL is an inner one; redirects must not be built on it.
  const request = new Request("http://10.0.0.7:8080/acs", { method: "POST", body });
  const response = await answerAcs(request, workspaceId, randomUUID());
  const header = response.headers.get("set-cookie");
  return {
    status: response.status,
    location: new URL(response.headers.get("location")!),
    token: readSessionToken(header?.split(";")[0]),
    header,
  };
}

async function start(workspaceId: string, next?: string): Promise<string> {
  const url = `http://10.0.0.7:8080/login${next === undefined ? "" : `?${new URLSearchParams({ next })}`}`;
  const response = await answerLogin(new Request(url), workspaceId, randomUUID());
  const samlRequest = new URL(response.headers.get("location")!).searchParams.get("SAMLRequest");
  return readAuthnRequest(samlRequest!).id;
}

function expectRefused(outcome: Outcome): void {
  expect(outcome.status).toBe(303);
  expect(outcome.location.origin).toBe("http://localhost:3000");
  expect(outcome.location.pathname).toBe("/signin");
  expect(outcome.location.searchParams.get("error")).toBe("sso");
  expect(outcome.location.searchParams.get("ref")).toMatch(/^[0-9a-f]{12}$/);
  expect([...outcome.location.searchParams.keys()].sort()).toEqual(["error", "ref", "workspace"]);
  expect(outcome.token).toBeNull();
}

/** The audited reason of the newest refusal, found by the reference that the browser got. */
async function reasonOf(scope: WorkspaceScope, outcome: Outcome): Promise<string | undefined> {
  expectRefused(outcome);
  const { events } = await listAuditEvents(scope);
  const ref = outcome.location.searchParams.get("ref");
  const details = events.map((event) => event.details as { ref?: string; reason?: string });
  return details.find((one) => one.ref === ref)?.reason;
}

async function memberOf({ token }: Outcome): Promise<string | undefined> {
  return token === null ? undefined : (await findActiveSession(token))?.actor.memberId;
}

describe("sign-in that starts at Chalkroom", () => {
  it("goes to the provider with a request, and comes back to the place that was asked for", async () => {
    const { workspace, fixture, signIn } = await connected();
    const response = await answerLogin(
      new Request(`http://x/login?next=/w/${workspace.slug}/board/1`),
      workspace.id,
      "a",
    );
    expect(response.status).toBe(303);
    const target = new URL(response.headers.get("location")!);
    expect(target.origin + target.pathname).toBe("http://idp.test/sso");
    const request = readAuthnRequest(target.searchParams.get("SAMLRequest")!);
    expect(request).toEqual({
      id: expect.stringMatching(/^_[0-9a-f]{40}$/),
      issuer: fixture.options().audience,
      acsUrl: fixture.options().acsUrl,
    });
    const outcome = await signIn({ inResponseTo: request.id, person: person() }, "/w/elsewhere");
    expect(outcome.status).toBe(303);
    expect(outcome.location.href).toBe(`http://localhost:3000/w/${workspace.slug}/board/1`);
    expect(outcome.header).toMatch(/HttpOnly; SameSite=Lax$/);
  });

  it("forgets an unsafe place", async () => {
    const { workspace, signIn } = await connected();
    const inResponseTo = await start(workspace.id, "//evil.test");
    expect((await signIn({ inResponseTo, person: person() })).location.href).toBe("http://localhost:3000/");
  });

  it("answers a request once", async () => {
    const { workspace, scope, signIn } = await connected();
    const inResponseTo = await start(workspace.id);
    expect((await signIn({ inResponseTo })).token).not.toBeNull();
    expect(await reasonOf(scope, await signIn({ inResponseTo }))).toBe("request_unknown");
  });

  it("does not answer a request nobody made, another workspace's, or an old one", async () => {
    const { workspace, scope, signIn } = await connected();
    const other = await connected();
    expect(await reasonOf(scope, await signIn({ inResponseTo: "_made-up" }))).toBe("request_unknown");
    const foreign = await start(other.workspace.id);
    expect(await reasonOf(scope, await signIn({ inResponseTo: foreign }))).toBe("request_unknown");
    const began = Date.now();
    restoreClock = useClock(() => began - 11 * 60_000);
    const old = await start(workspace.id);
    restoreClock();
    expect(await reasonOf(scope, await signIn({ inResponseTo: old }))).toBe("request_unknown");
  });

  it("does not take an unsolicited assertion in the envelope of a live request", async () => {
    const { workspace, scope, signIn } = await connected();
    const envelopeInResponseTo = await start(workspace.id);
    expect(await reasonOf(scope, await signIn({ envelopeInResponseTo }))).toBe("in_response_to_mismatch");
  });
});

describe("sign-in that starts at the provider", () => {
  it("works, and goes home or to a safe relay state", async () => {
    const { workspace, signIn } = await connected();
    const home = `http://localhost:3000/w/${workspace.slug}`;
    expect((await signIn({ person: person() })).location.href).toBe(home);
    expect((await signIn({ person: person() }, `/w/${workspace.slug}/board/7`)).location.href).toBe(
      `${home}/board/7`,
    );
    for (const relayState of [
      "https://evil.test/",
      "//evil.test",
      "/\\evil.test",
      "/..//evil.test",
      "/%2F%2Fevil.test",
    ]) {
      expect((await signIn({ person: person() }, relayState)).location.href).toBe(home);
    }
  });

  it("is refused where the workspace does not want it", async () => {
    const { scope, signIn } = await connected({ allowIdpInitiated: false });
    expect(await reasonOf(scope, await signIn())).toBe("unsolicited_refused");
  });

  it("makes one session of eight posts of one response at once", async () => {
    const { workspace, scope, fixture, post } = await connected();
    const response = fixture.response({ person: person() });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => post(response)));
    expect(outcomes.filter((outcome) => outcome.token !== null)).toHaveLength(1);
    expect(await db().session.count({ where: { workspaceId: workspace.id } })).toBe(1);
    const reasons = await Promise.all(
      outcomes.filter((one) => one.token === null).map((one) => reasonOf(scope, one)),
    );
    expect(new Set(reasons)).toEqual(new Set(["replayed"]));
  });

  it("knows an assertion again in a new envelope", async () => {
    const { scope, fixture, post } = await connected();
    const xml = fixture.responseXml({ person: person(), responseId: "_first" });
    expect((await post(Buffer.from(xml).toString("base64"))).token).not.toBeNull();
    const again = await post(Buffer.from(xml.replace("_first", "_second")).toString("base64"));
    expect(await reasonOf(scope, again)).toBe("replayed");
  });

  it("remembers an assertion beyond the time it could be used", async () => {
    const { workspace, signIn } = await connected();
    await signIn({ assertionId: "_kept" });
    const row = await db().samlReplay.findFirstOrThrow({
      where: { workspaceId: workspace.id, assertionId: "_kept" },
    });
    expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 65 * 60_000);
  });
});

describe("the workspace of an assertion", () => {
  it("is the one it was made for", async () => {
    const one = await connected();
    const two = await connected();
    expect(await reasonOf(two.scope, await two.post(one.fixture.response()))).toBe("destination_mismatch");
    const { acsUrl } = serviceProviderUrls(two.workspace.id);
    const crossed = one.fixture.response({ destination: acsUrl, recipient: acsUrl });
    expect(await reasonOf(two.scope, await two.post(crossed))).toBe("audience_mismatch");
  });

  it("must exist and have SAML", async () => {
    const { workspace } = await makeWorkspace();
    const { fixture } = await connected();
    expect((await postTo(workspace.id, fixture.response())).location.searchParams.get("error")).toBe("sso");
    for (const id of ["nonsense", randomUUID(), "../x", "' OR 1=1"]) {
      const outcome = await postTo(id, fixture.response());
      expect(outcome.location.pathname).toBe("/signin");
      expect(outcome.token).toBeNull();
    }
  });
});

describe("a newcomer", () => {
  it("becomes a member with the workspace's default role", async () => {
    const { workspace, scope, signIn } = await connected();
    await db().workspace.update({ where: { id: workspace.id }, data: { defaultRole: "viewer" } });
    const ada = person();
    const memberId = await memberOf(await signIn({ person: ada }));
    const member = await findMember(scope, { id: memberId! });
    expect(member).toMatchObject({
      userName: ada.userName,
      email: ada.email,
      name: "Ada Lovelace",
      role: "viewer",
      source: "saml",
      active: true,
      scimManaged: false,
      samlTenantId: TENANT,
      samlObjectId: ada.objectId,
    });
  });

  it("is one member also when two first sign-ins come at once", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    const outcomes = await Promise.all([
      signIn({ person: ada }),
      signIn({ person: ada }),
      signIn({ person: ada }),
    ]);
    const ids = await Promise.all(outcomes.map(memberOf));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toBeDefined();
    expect(await findMembers(scope, { userName: ada.userName })).toHaveLength(1);
  });

  it("stays out where just-in-time members are off", async () => {
    const { scope, signIn } = await connected({ jitEnabled: false });
    const ada = person();
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("unknown_person");
    expect(await findMember(scope, { userName: ada.userName })).toBeNull();
  });

  it("with no address and no e-mail-shaped name is let in by user name", async () => {
    const { scope, signIn } = await connected();
    const ada = person({ email: null });
    const member = await findMember(scope, { id: (await memberOf(await signIn({ person: ada })))! });
    expect(member?.userName).toBe(ada.userName);
  });
});

describe("a known person", () => {
  const provisioned = (
    scope: WorkspaceScope,
    ada: TestPerson,
    changes: Parameters<typeof makeMember>[1] = {},
  ) =>
    makeMember(scope, {
      userName: ada.userName,
      email: ada.email ?? null,
      name: "By SCIM",
      source: "scim",
      scimManaged: true,
      ...changes,
    });

  it("is found by the object id, whatever else has changed", async () => {
    const { signIn } = await connected();
    const ada = person();
    const first = await memberOf(await signIn({ person: ada }));
    const renamed = {
      ...ada,
      userName: "married@acme.test",
      email: "married@acme.test",
      displayName: "Ada King",
    };
    expect(await memberOf(await signIn({ person: renamed }))).toBe(first);
  });

  it("is found by SCIM's externalId, and keeps what SCIM manages", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    const member = await provisioned(scope, ada, {
      userName: "other@acme.test",
      email: "other@acme.test",
      externalId: ada.objectId,
    });
    expect(await memberOf(await signIn({ person: ada }))).toBe(member.id);
    expect(await findMember(scope, { id: member.id })).toMatchObject({
      name: "By SCIM",
      samlObjectId: ada.objectId,
      userName: "other@acme.test",
    });
  });

  it.each([
    ["owner", "externalId"],
    ["admin", "externalId"],
    ["owner", "email"],
    ["admin", "email"],
  ] as const)("who is %s is not linked by the %s, which provisioning may write", async (role, by) => {
    const { scope, signIn } = await connected();
    const thief = person();
    await provisioned(scope, thief, {
      userName: "victim@acme.test",
      email: by === "email" ? thief.email! : "victim@acme.test",
      externalId: by === "externalId" ? thief.objectId : null,
      role,
    });
    expect(await reasonOf(scope, await signIn({ person: thief }))).toBe("privileged_link");
  });

  it("who owns the workspace is linked by the address that the password belongs to", async () => {
    const { scope, signIn } = await connected();
    const olga = person();
    const owner = await provisioned(scope, olga, {
      userName: "olga-at-setup@acme.test",
      role: "owner",
      passwordHash: "set",
    });
    expect(await memberOf(await signIn({ person: olga }))).toBe(owner.id);
  });

  it("is found by user name in any case, and linked", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    const member = await provisioned(scope, ada);
    expect(await memberOf(await signIn({ person: { ...ada, userName: ada.userName.toUpperCase() } }))).toBe(
      member.id,
    );
    expect(await findMember(scope, { id: member.id })).toMatchObject({ samlObjectId: ada.objectId });
  });

  it("is found by address once, which is audited, and afterwards by id only", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    const member = await makeMember(scope, { userName: "local-name", email: ada.email!, role: "editor" });
    expect(await memberOf(await signIn({ person: ada }))).toBe(member.id);
    const { events } = await listAuditEvents(scope);
    expect(events.find((event) => event.action === "member.saml.linked")?.details).toMatchObject({
      by: "email",
    });
    const impostor = person({ email: ada.email! });
    const second = await memberOf(await signIn({ person: impostor }));
    expect(second).not.toBe(member.id);
  });

  it("gets the provider's spelling of the name, and an unchanged member keeps the version", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    const id = (await memberOf(await signIn({ person: ada })))!;
    const before = await findMember(scope, { id });
    await signIn({ person: ada });
    expect((await findMember(scope, { id }))?.version).toBe(before?.version);
    await signIn({ person: { ...ada, displayName: "Countess Lovelace" } });
    expect((await findMember(scope, { id }))?.name).toBe("Countess Lovelace");
  });

  it("is not the one who has the user name now but another object id", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    await signIn({ person: ada });
    const successor = { ...ada, objectId: randomUUID() };
    expect(await reasonOf(scope, await signIn({ person: successor }))).toBe("identity_conflict");
    const byScim = person();
    await provisioned(scope, byScim, { externalId: randomUUID() });
    expect(await reasonOf(scope, await signIn({ person: byScim }))).toBe("identity_conflict");
  });

  it("is never somebody whose name only looks the same", async () => {
    const { scope, signIn } = await connected();
    const victim = await makeMember(scope, {
      userName: "kim@acme.test",
      email: "kim@acme.test",
      role: "owner",
    });
    for (const fake of ["\u212aim@acme.test", "k\u0456m@acme.test", "ｋim@acme.test"]) {
      const outcome = await signIn({ person: person({ userName: fake, email: fake }) });
      expect(await memberOf(outcome)).not.toBe(victim.id);
    }
  });

  it("is recognised without object ids by a stable NameID", async () => {
    const { signIn } = await connected();
    const nameIdXml =
      '<NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">opaque-7</NameID>';
    const claims = [["email", `x${randomBytes(4).toString("hex")}@acme.test`]] as const;
    const first = await memberOf(await signIn({ nameIdXml, claims }));
    expect(first).toBeDefined();
    expect(await memberOf(await signIn({ nameIdXml, claims: [["email", "moved@acme.test"]] }))).toBe(first);
  });
});

describe("somebody who was let go", () => {
  async function withMember(
    change: (member: Member, tx: Parameters<Parameters<typeof inWorkspaceTx>[1]>[0]) => Promise<unknown>,
  ) {
    const setting = await connected();
    const ada = person();
    const id = (await memberOf(await setting.signIn({ person: ada })))!;
    await inWorkspaceTx(setting.scope, async (tx) => change(await getMemberForUpdate(tx, id), tx));
    return { ...setting, ada, id };
  }

  it("is refused in both directions, and by every key, until reactivated", async () => {
    const { workspace, scope, system, ada, id, signIn } = await withMember((member, tx) =>
      deactivateMember(tx, { kind: "system", workspaceId: member.workspaceId }, member, "test"),
    );
    expect(await countSessions(scope, id)).toBe(0);
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("member_inactive");
    const inResponseTo = await start(workspace.id);
    expect(await reasonOf(scope, await signIn({ person: ada, inResponseTo }))).toBe("member_inactive");
    const renamed = { ...ada, userName: "new-name@acme.test", email: "new-name@acme.test" };
    expect(await reasonOf(scope, await signIn({ person: renamed }))).toBe("member_inactive");
    expect(await findMembers(scope, { userName: "new-name@acme.test" })).toEqual([]);
    await inWorkspaceTx(scope, async (tx) => reactivateMember(tx, system, await getMemberForUpdate(tx, id)));
    expect(await memberOf(await signIn({ person: ada }))).toBe(id);
  });

  it("is not made anew when the provider begins to send an object id and another user name", async () => {
    const { scope, system, signIn } = await connected();
    const email = `x${randomBytes(4).toString("hex")}@acme.test`;
    const nameIdXml =
      '<NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">opaque-9</NameID>';
    const id = (await memberOf(await signIn({ nameIdXml, claims: [["email", email]] })))!;
    await inWorkspaceTx(scope, async (tx) =>
      deactivateMember(tx, system, await getMemberForUpdate(tx, id), "test"),
    );
    const renamed = { ...person(), email };
    expect(await reasonOf(scope, await signIn({ person: renamed }))).toBe("member_inactive");
    expect(await findMembers(scope, { userName: renamed.userName })).toEqual([]);
  });

  it("is refused while inactive also before the first sign-in", async () => {
    const { scope, signIn } = await connected();
    const ada = person();
    await makeMember(scope, { userName: ada.userName, active: false, source: "scim", scimManaged: true });
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("member_inactive");
  });

  it("is not made anew after a deletion, but a successor with another object id may come", async () => {
    const { scope, ada, id, signIn } = await withMember((member, tx) =>
      deleteMember(tx, { kind: "system", workspaceId: member.workspaceId }, member, "test"),
    );
    expect(await reasonOf(scope, await signIn({ person: ada }))).toBe("member_deleted");
    const renamed = { ...ada, userName: "new-name@acme.test" };
    expect(await reasonOf(scope, await signIn({ person: renamed }))).toBe("member_deleted");
    const successor = { ...ada, objectId: randomUUID() };
    const next = await memberOf(await signIn({ person: successor }));
    expect(next).toBeDefined();
    expect(next).not.toBe(id);
  });

  it("cannot be let in by a spent response later", async () => {
    const { scope, system, ada, id, fixture, post } = await withMember((member, tx) =>
      deactivateMember(tx, { kind: "system", workspaceId: member.workspaceId }, member, "test"),
    );
    const response = fixture.response({ person: ada });
    expect(await reasonOf(scope, await post(response))).toBe("member_inactive");
    await inWorkspaceTx(scope, async (tx) => reactivateMember(tx, system, await getMemberForUpdate(tx, id)));
    expect(await reasonOf(scope, await post(response))).toBe("replayed");
  });

  it("loses a session that is being made while the deactivation runs", async () => {
    const { scope, system, signIn } = await connected();
    const ada = person();
    const id = (await memberOf(await signIn({ person: ada })))!;
    for (let round = 0; round < 5; round++) {
      const [outcome] = await Promise.all([
        signIn({ person: ada }),
        inWorkspaceTx(scope, async (tx) =>
          deactivateMember(tx, system, await getMemberForUpdate(tx, id), "race"),
        ),
      ]);
      expect(await memberOf(outcome)).toBeUndefined();
      expect(await countSessions(scope, id)).toBe(0);
      await inWorkspaceTx(scope, async (tx) =>
        reactivateMember(tx, system, await getMemberForUpdate(tx, id)),
      );
    }
  });
});

describe("the session", () => {
  it("ends no later than the provider's", async () => {
    const { signIn } = await connected();
    const sessionNotOnOrAfter = new Date(Date.now() + 30 * 60_000);
    const { token } = await signIn({ person: person(), sessionNotOnOrAfter });
    expect((await findActiveSession(token!))?.expiresAt.getTime()).toBe(sessionNotOnOrAfter.getTime());
  });

  it("keeps its name and its token out of the database", async () => {
    const { workspace, signIn } = await connected();
    const { token } = await signIn({ person: person() });
    const row = await db().session.findFirstOrThrow({ where: { workspaceId: workspace.id } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.method).toBe("saml");
  });
});

it("hostile posts are answered like any refusal, and never with a server error", async () => {
  const { workspace, fixture, post } = await connected();
  for (const body of ["", "!!!", "PHg+", fixture.response({ sign: "none" }), "A".repeat(600_000)]) {
    expectRefused(await post(body));
  }
  for (const request of [
    new Request("http://x/acs", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    }),
    new Request("http://x/acs", { method: "POST" }),
  ]) {
    const response = await answerAcs(request, workspace.id, randomUUID());
    expect(response.status).toBe(303);
  }
});

it("one address gets so many tries", async () => {
  const { workspace } = await connected();
  const address = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 230 }, () => answerLogin(new Request("http://x/login"), workspace.id, address)),
  );
  const targets = answers.map((answer) => new URL(answer.headers.get("location")!).pathname);
  expect(targets.filter((path) => path === "/sso").length).toBeGreaterThanOrEqual(200);
  expect(targets.filter((path) => path === "/signin").length).toBeGreaterThan(0);
});

it("switches take effect at the next sign-in", async () => {
  const { scope, system, signIn } = await connected();
  await updateConnection(scope, system, { allowIdpInitiated: false });
  expect(await reasonOf(scope, await signIn())).toBe("unsolicited_refused");
});
