import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { removeDataFolder } from "../../../src/server/db/embedded/cluster";
import { CliFailure, findPostmaster, newDataFolder, runCommand, runNode } from "../../support/app";
import { openBoardSocket } from "../../support/board-socket";
import { useApp } from "../../support/use-app";

const app = useApp();
const W = ["--workspace", "acme"];
const files = mkdtempSync(join(tmpdir(), "chalkroom-cli-"));
afterAll(() => rmSync(files, { recursive: true, force: true }));

/** A workspace of the test's own on the running server. */
async function makeWorkspace(): Promise<{ slug: string; id: string; ownerId: string; email: string }> {
  const slug = `cli-${randomBytes(4).toString("hex")}`;
  const email = `owner@${slug}.example`;
  const made = (await app.cli(
    [
      "workspace",
      "create",
      "--slug",
      slug,
      "--name",
      "CLI",
      "--owner-email",
      email,
      "--owner-name",
      "Olga",
    ].concat("--owner-password-stdin"),
    "correct horse battery\n",
  )) as { id: string; slug: string; ownerId: string };
  return { ...made, email };
}

async function failureOf(work: Promise<unknown>): Promise<CliFailure> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CliFailure);
  return error as CliFailure;
}

describe("the command line beside the running server", () => {
  it("makes a workspace and prints its id, slug and owner", async () => {
    const { email, ...made } = await makeWorkspace();
    expect(Object.keys(made)).toEqual(["id", "slug", "ownerId"]);
    expect(await app.cli(["member", "list", "--workspace", made.slug])).toEqual([
      { id: made.ownerId, email, role: "owner", active: true, source: "setup" },
    ]);
    expect(
      (
        await failureOf(
          app.cli(
            [
              "workspace",
              "create",
              "--slug",
              made.slug,
              "--name",
              "Twice",
              "--owner-email",
              email,
              "--owner-name",
              "Olga",
            ].concat("--owner-password-stdin"),
            "correct horse battery\n",
          ),
        )
      ).code,
    ).toBe("CONFLICT");
  });

  it("sets SAML and SCIM up and prints addresses of the running server", async () => {
    const { slug, id } = await makeWorkspace();
    const at = ["--workspace", slug];
    expect((await failureOf(app.cli(["scim", "enable", ...at]))).code).toBe("SAML_REQUIRED");
    const metadata = join(files, "metadata.xml");
    writeFileSync(metadata, app.idp.metadataXml);
    const saml = `${app.baseUrl}/api/saml/${id}`;
    const set = await app.cli([
      "saml",
      "set",
      ...at,
      "--metadata",
      metadata,
      "--allow-idp-initiated",
      "true",
      "--enforce",
    ]);
    expect(set).toEqual({
      entityId: `${app.baseUrl}/saml/${id}`,
      acsUrl: `${saml}/acs`,
      loginUrl: `${saml}/login`,
      metadataUrl: `${saml}/metadata`,
    });
    expect(await (await fetch(`${saml}/metadata`)).text()).toContain(`${saml}/acs`);

    const scim = `${app.baseUrl}/public-api/scim-v2`;
    const enabled = (await app.cli(["scim", "enable", ...at])) as { token: string };
    expect(enabled).toEqual({ tenantUrl: `${scim}/?aadOptscim062020`, baseUrl: scim, token: enabled.token });
    expect(await app.cli(["scim", "reveal", ...at])).toEqual(enabled);
    const status = async (token: string) =>
      (await fetch(`${scim}/Users?count=1`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status(enabled.token)).toBe(200);
    const rotated = (await app.cli(["scim", "rotate", ...at])) as { token: string };
    expect([await status(enabled.token), await status(rotated.token)]).toEqual([401, 200]);
    expect(await app.cli(["scim", "disable", ...at])).toMatchObject({ token: null });
    expect(await status(rotated.token)).toBe(403);
  });

  it("cuts a member's open socket off, and lets them in again", async () => {
    const made = await fetch(`${app.scim.baseUrl}/Users`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.scim.token}`, "content-type": "application/scim+json" },
      body: JSON.stringify({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        userName: `cut-${randomBytes(4).toString("hex")}@contoso.example`,
        active: true,
      }),
    });
    expect(made.status).toBe(201);
    const { id, userName } = (await made.json()) as { id: string; userName: string };
    const { cookie, name, value } = (await app.cli([
      "session",
      "create",
      ...W,
      "--email",
      userName,
    ])) as Record<"cookie" | "name" | "value", string>;
    expect(cookie).toBe(`${name}=${value}`);
    const board = (await app.cli(["board", "create", ...W, "--title", "Cut off"])) as { id: string };
    const socket = await openBoardSocket({ baseUrl: app.baseUrl, boardId: board.id, cookie });
    await socket.push([["a", { kind: "text", z: "a0", g: [0, 0, 80, 26], text: "before" }]]);

    expect(await app.cli(["member", "deactivate", ...W, "--email", userName])).toMatchObject({
      id,
      active: false,
    });
    expect((await socket.closed).code).toBe(4403);
    expect(await (await fetch(`${app.baseUrl}/api/auth/session`, { headers: { cookie } })).json()).toEqual(
      {},
    );
    expect((await failureOf(app.cli(["session", "create", ...W, "--email", userName]))).code).toBe(
      "FORBIDDEN",
    );

    expect(await app.cli(["member", "reactivate", ...W, "--id", id])).toMatchObject({ id, active: true });
    expect(await app.cli(["session", "create", ...W, "--email", userName])).toHaveProperty("cookie");
  });

  it("keeps the last owner", async () => {
    const { slug, email } = await makeWorkspace();
    expect(
      (await failureOf(app.cli(["member", "deactivate", "--workspace", slug, "--email", email]))).code,
    ).toBe("LAST_OWNER");
  });

  it("imports drawings of Excalidraw and its own export, shape by shape", async () => {
    const drawing = join(files, "Release_plan.excalidraw");
    const box = {
      id: "box",
      type: "rectangle",
      x: 0,
      y: 0,
      width: 120,
      height: 60,
      backgroundColor: "#a5d8ff",
    };
    const image = { id: "image", type: "image", x: 0, y: 0, width: 10, height: 10 };
    writeFileSync(drawing, JSON.stringify({ type: "excalidraw", version: 2, elements: [box, image] }));
    const { status, stdout, stderr } = await runNode(
      ["scripts/cli.mjs", "board", "import", ...W, drawing, "--json"],
      {
        env: app.env,
      },
    );
    expect([status, stderr.trim()]).toEqual([0, expect.stringContaining("1 × image")]);
    const made = JSON.parse(stdout) as { id: string; url: string; shapes: number };
    expect(made).toEqual({ id: made.id, url: `${app.baseUrl}/w/acme/board/${made.id}`, shapes: 1 });

    const exported = (await app.cli(["board", "export", ...W, made.id])) as {
      title: string;
      shapes: unknown[];
    };
    expect(exported).toMatchObject({
      v: 1,
      title: "Release plan",
      shapes: [["box", { kind: "rectangle", hue: "blue" }]],
    });
    const copy = join(files, "copy.json");
    await app.cli(["board", "export", ...W, made.id, "--to", copy]);
    const again = (await app.cli(["board", "import", ...W, copy])) as { id: string; shapes: number };
    expect(again.shapes).toBe(1);
    expect(await app.cli(["board", "export", ...W, again.id])).toEqual(exported);
    const ids = ((await app.cli(["board", "list", ...W])) as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([made.id, again.id]));
  });

  it.each([
    [["frobnicate"], "USAGE"],
    [["member", "list"], "USAGE"],
    [["member", "list", "--workspace", "no-such"], "NOT_FOUND"],
    [["member", "deactivate", ...W], "BAD_INPUT"],
    [["member", "deactivate", ...W, "--email", "nobody@acme.example"], "NOT_FOUND"],
    [["saml", "set", ...W, "--metadata", "/no/such/file"], "BAD_INPUT"],
    [["saml", "set", ...W, "--metadata", "package.json"], "BAD_INPUT"],
    [["board", "import", ...W, "README.md"], "BAD_INPUT"],
    [["board", "import", ...W, "package.json"], "BAD_INPUT"],
    [["board", "export", ...W, "00000000-0000-7000-8000-000000000000"], "NOT_FOUND"],
    [["board", "export", ...W, "not-an-id"], "NOT_FOUND"],
  ])("refuses %j with %s, exit 1 and nothing on standard output", async (args, code) => {
    const { status, stdout, stderr } = await runNode(["scripts/cli.mjs", ...args, "--json"], {
      env: app.env,
    });
    expect([status, stdout]).toEqual([1, ""]);
    expect(JSON.parse(stderr)).toEqual({ error: expect.any(String) as string, code });
    const plain = await runNode(["scripts/cli.mjs", ...args], { env: app.env });
    expect([plain.status, plain.stdout, plain.stderr.trim().split("\n")]).toEqual([
      1,
      "",
      [expect.any(String)],
    ]);
  });

  it("makes no sessions unless the server allows it", async () => {
    const { CHALKROOM_ALLOW_TEST_SESSIONS: _, ...env } = app.env;
    expect(
      (await failureOf(runCommand(env, ["session", "create", ...W, "--email", app.owner.email]))).code,
    ).toBe("FORBIDDEN");
  });
});

describe("the command line alone", () => {
  const dataDir = newDataFolder();
  afterAll(() => removeDataFolder(dataDir));

  it("starts the database, does its work and stops it again, for people as for programs", async () => {
    const { status, stdout, stderr } = await runNode(
      [
        "scripts/cli.mjs",
        "workspace",
        "create",
        "--slug",
        "solo",
        "--name",
        "Solo",
        "--owner-email",
        "a@b.example",
      ].concat(["--owner-name", "Ann", "--owner-password-stdin"]),
      {
        env: { DATA_DIR: dataDir, PUBLIC_URL: "https://boards.example.com" },
        stdin: "correct horse battery\n",
      },
    );
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("https://boards.example.com/w/solo");
    expect(findPostmaster(dataDir)).toBeNull();
    expect(await runCommand({ DATA_DIR: dataDir }, ["member", "list", "--workspace", "solo"])).toHaveLength(
      1,
    );
    expect(findPostmaster(dataDir)).toBeNull();
  });
});
