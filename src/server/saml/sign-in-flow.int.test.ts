import { randomUUID } from "node:crypto";

import { afterEach, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../tests/support/database";
import { makeWorkspace } from "../../../tests/support/factories";
import { newPerson, readAuthnRequest } from "../../../tests/support/idp/index";
import {
  expectRefused,
  makeSamlWorkspace,
  postTo,
  reasonOf,
  startSignIn,
} from "../../../tests/support/saml-sign-in";
import { db } from "../db/index";
import { useClock } from "../kernel/clock";
import { findActiveSession } from "../sessions/index";
import { answerAcs, answerLogin, serviceProviderUrls, updateConnection } from "./index";

useTestDatabase();

let restoreClock: (() => void) | undefined;
afterEach(() => restoreClock?.());

describe("sign-in that starts at Chalkroom", () => {
  it("goes to the provider with a request, and comes back to the place that was asked for", async () => {
    const { workspace, fixture, signIn } = await makeSamlWorkspace();
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
    const outcome = await signIn({ inResponseTo: request.id, person: newPerson() }, "/w/elsewhere");
    expect(outcome.status).toBe(303);
    expect(outcome.location.href).toBe(`http://localhost:3000/w/${workspace.slug}/board/1`);
    expect(outcome.header).toMatch(/HttpOnly; SameSite=Lax$/);
  });

  it("forgets an unsafe place", async () => {
    const { workspace, signIn } = await makeSamlWorkspace();
    const inResponseTo = await startSignIn(workspace.id, "//evil.test");
    expect((await signIn({ inResponseTo, person: newPerson() })).location.href).toBe(
      "http://localhost:3000/",
    );
  });

  it("answers a request once", async () => {
    const { workspace, scope, signIn } = await makeSamlWorkspace();
    const inResponseTo = await startSignIn(workspace.id);
    expect((await signIn({ inResponseTo })).token).not.toBeNull();
    expect(await reasonOf(scope, await signIn({ inResponseTo }))).toBe("request_unknown");
  });

  it("does not answer a request nobody made, another workspace's, or an old one", async () => {
    const { workspace, scope, signIn } = await makeSamlWorkspace();
    const other = await makeSamlWorkspace();
    expect(await reasonOf(scope, await signIn({ inResponseTo: "_made-up" }))).toBe("request_unknown");
    const foreign = await startSignIn(other.workspace.id);
    expect(await reasonOf(scope, await signIn({ inResponseTo: foreign }))).toBe("request_unknown");
    const began = Date.now();
    restoreClock = useClock(() => began - 11 * 60_000);
    const old = await startSignIn(workspace.id);
    restoreClock();
    expect(await reasonOf(scope, await signIn({ inResponseTo: old }))).toBe("request_unknown");
  });

  it("does not take an unsolicited assertion in the envelope of a live request", async () => {
    const { workspace, scope, signIn } = await makeSamlWorkspace();
    const envelopeInResponseTo = await startSignIn(workspace.id);
    expect(await reasonOf(scope, await signIn({ envelopeInResponseTo }))).toBe("in_response_to_mismatch");
  });
});

describe("sign-in that starts at the provider", () => {
  it("works, and goes home or to a safe relay state", async () => {
    const { workspace, signIn } = await makeSamlWorkspace();
    const home = `http://localhost:3000/w/${workspace.slug}`;
    expect((await signIn({ person: newPerson() })).location.href).toBe(home);
    expect((await signIn({ person: newPerson() }, `/w/${workspace.slug}/board/7`)).location.href).toBe(
      `${home}/board/7`,
    );
    for (const relayState of [
      "https://evil.test/",
      "//evil.test",
      "/\\evil.test",
      "/..//evil.test",
      "/%2F%2Fevil.test",
    ]) {
      expect((await signIn({ person: newPerson() }, relayState)).location.href).toBe(home);
    }
  });

  it("is refused where the workspace does not want it", async () => {
    const { scope, signIn } = await makeSamlWorkspace({ allowIdpInitiated: false });
    expect(await reasonOf(scope, await signIn())).toBe("unsolicited_refused");
  });

  it("makes one session of eight posts of one response at once", async () => {
    const { workspace, scope, fixture, post } = await makeSamlWorkspace();
    const response = fixture.response({ person: newPerson() });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => post(response)));
    expect(outcomes.filter((outcome) => outcome.token !== null)).toHaveLength(1);
    expect(await db().session.count({ where: { workspaceId: workspace.id } })).toBe(1);
    const reasons = await Promise.all(
      outcomes.filter((one) => one.token === null).map((one) => reasonOf(scope, one)),
    );
    expect(new Set(reasons)).toEqual(new Set(["replayed"]));
  });

  it("knows an assertion again in a new envelope", async () => {
    const { scope, fixture, post } = await makeSamlWorkspace();
    const xml = fixture.responseXml({ person: newPerson(), responseId: "_first" });
    expect((await post(Buffer.from(xml).toString("base64"))).token).not.toBeNull();
    const again = await post(Buffer.from(xml.replace("_first", "_second")).toString("base64"));
    expect(await reasonOf(scope, again)).toBe("replayed");
  });

  it("remembers an assertion beyond the time it could be used", async () => {
    const { workspace, signIn } = await makeSamlWorkspace();
    await signIn({ assertionId: "_kept" });
    const row = await db().samlReplay.findFirstOrThrow({
      where: { workspaceId: workspace.id, assertionId: "_kept" },
    });
    expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 65 * 60_000);
  });
});

describe("the workspace of an assertion", () => {
  it("is the one it was made for", async () => {
    const one = await makeSamlWorkspace();
    const two = await makeSamlWorkspace();
    expect(await reasonOf(two.scope, await two.post(one.fixture.response()))).toBe("destination_mismatch");
    const { acsUrl } = serviceProviderUrls(two.workspace.id);
    const crossed = one.fixture.response({ destination: acsUrl, recipient: acsUrl });
    expect(await reasonOf(two.scope, await two.post(crossed))).toBe("audience_mismatch");
  });

  it("must exist and have SAML", async () => {
    const { workspace } = await makeWorkspace();
    const { fixture } = await makeSamlWorkspace();
    expect((await postTo(workspace.id, fixture.response())).location.searchParams.get("error")).toBe("sso");
    for (const id of ["nonsense", randomUUID(), "../x", "' OR 1=1"]) {
      const outcome = await postTo(id, fixture.response());
      expect(outcome.location.pathname).toBe("/signin");
      expect(outcome.token).toBeNull();
    }
  });
});

describe("the session", () => {
  it("ends no later than the provider's", async () => {
    const { signIn } = await makeSamlWorkspace();
    const sessionNotOnOrAfter = new Date(Date.now() + 30 * 60_000);
    const { token } = await signIn({ person: newPerson(), sessionNotOnOrAfter });
    expect((await findActiveSession(token!))?.expiresAt.getTime()).toBe(sessionNotOnOrAfter.getTime());
  });

  it("keeps its name and its token out of the database", async () => {
    const { workspace, signIn } = await makeSamlWorkspace();
    const { token } = await signIn({ person: newPerson() });
    const row = await db().session.findFirstOrThrow({ where: { workspaceId: workspace.id } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.method).toBe("saml");
  });
});

it("hostile posts are answered like any refusal, and never with a server error", async () => {
  const { workspace, fixture, post } = await makeSamlWorkspace();
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
  const { workspace } = await makeSamlWorkspace();
  const address = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 230 }, () => answerLogin(new Request("http://x/login"), workspace.id, address)),
  );
  const targets = answers.map((answer) => new URL(answer.headers.get("location")!).pathname);
  expect(targets.filter((path) => path === "/sso").length).toBeGreaterThanOrEqual(200);
  expect(targets.filter((path) => path === "/signin").length).toBeGreaterThan(0);
});

it("switches take effect at the next sign-in", async () => {
  const { scope, system, signIn } = await makeSamlWorkspace();
  await updateConnection(scope, system, { allowIdpInitiated: false });
  expect(await reasonOf(scope, await signIn())).toBe("unsolicited_refused");
});
